import { html, nothing, type TemplateResult } from 'lit';
import './term.ts';
import { parts, type Part } from './parts.ts';

/** A heading in which each term of the glossary can be asked about, where it first stands. */
export function explained(heading: string): Array<string | TemplateResult> {
  return parts(heading).map(({ text, term }: Part) =>
    term ? html`<headlight-term name=${term}>${text}</headlight-term>` : text,
  );
}

/** A question mark that explains the first term that a label names, for labels that are buttons already; nothing where it names none. */
export function questionMark(label: string): TemplateResult | typeof nothing {
  const term = parts(label).find((part) => part.term)?.term;
  return term ? html`<headlight-term mark name=${term}></headlight-term>` : nothing;
}
