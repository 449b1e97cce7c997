import { html, nothing, type TemplateResult } from 'lit';
import { signed } from '../picture/numbers.ts';
import { bar, strongest, total, type Extent, type By, type Path } from './bars.ts';
import { othersName } from './words.ts';
import { tokenTag } from '../shared/token.ts';

const SOURCES = 12;

/** A bar from zero to the value's side. */
export function drawnBar(value: number, extent: Extent): TemplateResult {
  const { zero, left, width } = bar(value, extent);
  return html`<span class="track"><span class="zero" style="left:${zero}%"></span><span
    class="bar ${value < 0 ? 'down' : 'up'}" style="left:${left}%;width:${width}%"></span></span>`;
}

/** One line for the paths that are left out. */
export function otherPaths(paths: Path[], by: By, extent: Extent): TemplateResult {
  const value = total(paths.map((path) => path.value));
  return html`<div class="line"><span class="name rest"><span class="sign"></span>${othersName(paths.length, by)}
    </span><span class="value">${signed(value)}</span>${drawnBar(value, extent)}</div>`;
}

export interface SourceLook {
  extent: Extent;
  hovered: number;
  label(position: number): string;
  point(event: PointerEvent, position: number): void;
  leave(): void;
}

/** The lines below an opened path: its parts by source position. */
export function sourceLines(bySource: number[], look: SourceLook): TemplateResult {
  if (bySource.length === 0) return html`<p class="nowhere">It comes from no position: it is there for any text.</p>`;
  const { shown, others, rest } = strongest(bySource, SOURCES);
  return html`
    ${shown.map(
      (at) => html`
      <div class="line part ${at === look.hovered ? 'hovered' : ''}" data-source=${at}
        @pointermove=${(event: PointerEvent) => look.point(event, at)} @pointerleave=${look.leave}>
        <span class="name">${tokenTag(look.label(at))} <span class="place">(${at})</span></span>
        <span class="value">${signed(bySource[at])}</span>${drawnBar(bySource[at], look.extent)}
      </div>`,
    )}
    ${
      others > 0
        ? html`<div class="line part"><span class="name rest">${othersName(others, 'position')}</span>
            <span class="value">${signed(rest)}</span>${drawnBar(rest, look.extent)}</div>`
        : nothing
    }`;
}
