import { html, nothing, type TemplateResult } from 'lit';
import { shortened } from '../echart/labels.ts';

/** How many characters of a token stand in a line of text; the whole of it is in the tooltip. */
const MOST = 32;
const [BEGIN, END] = ['\u2068', '\u2069'];

/** A token as it stands in a line of text: an ellipsis ends what is cut. */
export function elided(label: string, most = MOST): string {
  return shortened(label, most);
}

/**
 * The text set apart from what stands beside it, so that one that is read from the right does not turn its neighbours
 * round: for drawings and plain text. Pages have `<bdi>` for it.
 */
export function isolated(text: string): string {
  return text && BEGIN + text + END;
}

/** "·the (11)": a token with its position, counted from 0, as plain text. */
export function placed(label: string, position: number): string {
  return `${isolated(elided(label))} (${position})`;
}

/** A token on a page, set apart from what stands beside it; where it is cut, the whole of it is its title. */
export function tokenTag(label: string, most = MOST): TemplateResult {
  const shown = elided(label, most);
  return html`<bdi title=${shown === label ? nothing : label}>${shown}</bdi>`;
}

/** "·the (11)" in a tooltip, the token in full. */
export function placedTag(label: string, position: number): TemplateResult {
  return html`<code><bdi>${label}</bdi></code> (${position})`;
}
