import { html, type TemplateResult } from 'lit';
import { COLOURS } from '../picture/graph-drawing.ts';
import { brief } from '../picture/numbers.ts';
import { questionMark } from '../term/explained.ts';
import type { Kind } from './graph.ts';
import { KIND_NAMES, KIND_TITLES } from './words.ts';

/** The key of the colours; pressing one leaves its kind out, or takes it in again. */
export function kindButtons(present: Kind[], without: Set<Kind>, toggle: (kind: Kind) => void): TemplateResult {
  return html`<span class="kinds" role="group" aria-label="Kinds that are drawn">${present.map(
    (kind) => html`
      <button aria-pressed=${!without.has(kind)} title=${KIND_TITLES[kind]} @click=${() => toggle(kind)}>
        <i style="background:var(${COLOURS[kind]})"></i>${KIND_NAMES[kind]}</button>${questionMark(KIND_NAMES[kind])}`,
  )}</span>`;
}

const STEPS = 200;

/** A slider from zero to the largest score. Its way is squared, since most scores are small. */
export function thresholdSlider(threshold: number, most: number, set: (threshold: number) => void): TemplateResult {
  const way = Math.round(STEPS * Math.sqrt(Math.min(1, threshold / (most || 1))));
  const slide = (event: Event) => {
    const share = Number((event.target as HTMLInputElement).value) / STEPS;
    set(Number((most * share * share).toPrecision(3)));
  };
  return html`<label class="threshold">hide below
    <input type="range" min="0" max=${STEPS} .value=${String(way)} @input=${slide}
      aria-valuetext="${brief(threshold)} above chance">
    <output>${brief(threshold)}</output></label>`;
}
