import { html } from 'lit';
import type { Pointed } from './geometry.ts';
import type { Scene } from './scene.ts';
import { placedTag } from '../shared/token.ts';
import { exact } from '../picture/numbers.ts';
import { leftOut, lineFigures } from './words.ts';

/** The tooltip of a line, an arc or a cell. */
export function lineTip(scene: Scene, line: Pointed) {
  const { labels, heads, palette, gradientOf, without } = scene;
  const token = (index: number) => placedTag(labels[index], index);
  const figures = lineFigures(heads, line);
  const following = labels[line.destination + 1];
  const next = following === undefined ? 'the next token' : html`<code><bdi>${following}</bdi></code>`;
  const key = (colour: string) => html`<span class="key" style="background:${colour}"></span>`;
  return html`
    <b>${token(line.destination)} → ${token(line.source)}</b>
    ${figures.map(
      ({ head, weight, moved, moves, logit, effect, gradient, change }, i) => html`
      ${heads.length > 1 ? html`<div>${key(palette.series[i % 8])}${head}</div>` : ''}
      <dl>
        <dt>${change ? 'change of ' : ''}weight</dt><dd>${weight}</dd>
        ${without.length > 0 ? html`<dt>as drawn, ${leftOut(labels, without, heads, scene.show)}</dt><dd>${drawn(scene, i, line)}</dd>` : ''}
        ${moved ? html`<dt>${change ? 'change of ' : ''}weight × ${moves}</dt><dd>${moved}</dd>` : ''}
        ${logit ? html`<dt>${effect} of ${next}</dt><dd>${logit}</dd>` : ''}
        ${gradient ? html`<dt>weight × gradient of ${gradientOf}</dt><dd>${gradient}</dd>` : ''}
      </dl>`,
    )}`;
}

function drawn({ figures, without }: Scene, head: number, { destination, source }: Pointed): string {
  return without.includes(source) ? 'left out' : exact(figures.triangles[head][figures.reach.at(destination, source)]);
}
