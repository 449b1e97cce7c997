import { html, nothing, type TemplateResult } from 'lit';
import { exact } from '../picture/numbers.ts';
import type { Circuit } from './circuit.ts';
import type { Pointed } from './layout.ts';
import { placedTag } from '../shared/token.ts';

const MOST = 4;

/** The exact numbers under the pointer. */
export function circuitTip({ sources, vectors, destination, divisor }: Circuit, pointed: Pointed): TemplateResult {
  const { strip, first, end, source } = pointed;
  const of = source < 0 ? destination : sources[source];
  const heading = html`<b>${strip ? html`${strip.name} of ` : nothing}${placedTag(of.label, of.index)}</b>`;
  if (!strip)
    return html`${heading}
      <dl><dt>score, q · k / ${divisor}</dt><dd>${exact(sources[source].score)}</dd>
        <dt>weight</dt><dd>${exact(sources[source].weight)}</dd></dl>`;
  const figures = Array.from({ length: Math.min(MOST, end - first) }, (_, i) => first + i);
  return html`${heading}
    <dl>${figures.map((i) => html`<dt>component ${i}</dt><dd>${exact(strip.values[i])}</dd>`)}
      ${strip.name === 'k' ? product('× q', vectors.q[first], strip.values[first]) : nothing}
      ${strip.name === 'v' ? product('× weight', sources[source].weight, strip.values[first]) : nothing}
    </dl>
    ${end - first > MOST ? html`<div class="muted">and ${end - first - MOST} more here</div>` : nothing}`;
}

function product(by: string, factor: number | undefined, value: number): TemplateResult | typeof nothing {
  return factor === undefined
    ? nothing
    : html`<dt>${by} (${exact(factor)})</dt><dd>${exact(Math.fround(factor * value))}</dd>`;
}
