import { html, nothing, type TemplateResult } from 'lit';
import { COLOURS } from '../picture/graph-drawing.ts';
import { exact, signed } from '../picture/numbers.ts';
import { excess, type Edge, type Graph } from './graph.ts';
import { deviations, difference, edgeName, KIND_NAMES, nameOf } from './words.ts';

const key = ({ kind }: Edge) => html`<span class="key" style="background:var(${COLOURS[kind]})"></span>`;

export function edgeTip(edge: Edge): TemplateResult {
  const far = deviations(edge);
  return html`<b>${edgeName(edge)}</b>
    <div>${key(edge)}${KIND_NAMES[edge.kind]}</div>
    <dl>
      <dt>raw score</dt><dd>${exact(edge.raw)}</dd>
      <dt>random matrices</dt><dd>${exact(edge.baseline)} ± ${exact(edge.deviation)}</dd>
      <dt>difference</dt><dd>${difference(edge)}</dd>
      ${far === undefined ? nothing : html`<dt>in deviations</dt><dd>${signed(far, 1)}</dd>`}
    </dl>`;
}

const LISTED = 4;

/** A node with the strongest of what it reads and of what reads it. */
export function nodeTip(node: string, { badges }: Graph, strongest: Edge[]): TemplateResult {
  const label = badges?.find(({ head }) => head === node)?.label;
  const list = (heading: string, edges: Edge[], other: (edge: Edge) => string) =>
    edges.length === 0
      ? nothing
      : html`<div class="muted">${heading}</div>
        <dl>${edges
          .slice(0, LISTED)
          .map((edge) => html`<dt>${key(edge)}${nameOf(other(edge))} ${edge.kind === 'plain' ? '' : edge.kind}</dt>
            <dd>${signed(excess(edge), 3)}</dd>`)}</dl>`;
  return html`<b>${nameOf(node)}</b> ${label ? html`<span class="muted">${label}</span>` : nothing}
    ${list(
      'reads most from (above chance)',
      strongest.filter(({ to }) => to === node),
      ({ from }) => from,
    )}
    ${list(
      'is read most by (above chance)',
      strongest.filter(({ from }) => from === node),
      ({ to }) => to,
    )}`;
}
