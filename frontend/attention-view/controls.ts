import { html, nothing } from 'lit';
import '../picture/picture-menu.ts';
import type { Picture } from '../picture/picture-menu.ts';
import { segmented } from '../segmented/segmented.ts';
import { telling } from '../term/telling.ts';
import { MODES, SHOWS } from './choices.ts';
import type { Mode } from './scene.ts';
import type { Show } from './values.ts';
import { thresholdAt, wayTo } from './words.ts';

const tellThreshold = telling('threshold', 'What is below this share of the largest is not drawn.');
const LEAVES_OUT =
  'Leaves out the first token, where heads rest that have nothing to do. Of weights the rest of each row is made to ' +
  'sum to 1. The key w does it with the selected source.';
const tellLeavesOut = telling('without the first token', LEAVES_OUT);

/** How the picture is drawn at the moment. */
interface Drawn {
  mode: Mode;
  /** The quantities that there are. */
  shows: Show[];
  show: Show;
  threshold: number;
  without: number[];
}

/** What the controls change. */
interface Change {
  mode(mode: Mode): void;
  show(show: Show): void;
  /** While the slider moves, and when it stands. */
  threshold(threshold: number, stands: boolean): void;
  toggle(source: number): void;
}

/** The controls above a picture of attention. */
export function controls({ mode, show, shows, threshold, without }: Drawn, change: Change, picture: Picture | undefined) {
  const slid = (event: Event, stands: boolean) =>
    change.threshold(thresholdAt(Number((event.target as HTMLInputElement).value)), stands);
  return html`
    <div class="controls">
      ${segmented<Mode>('Drawn as', MODES, mode, change.mode)}
      ${
        shows.length < 2
          ? nothing
          : segmented<Show>('Lines show', SHOWS.filter(({ value }) => shows.includes(value)), show, change.show)
      }
      <label class="threshold" @pointerenter=${tellThreshold} @focusin=${tellThreshold} @click=${tellThreshold}>
        ≥ <output>${threshold}</output>
        <input type="range" min="0" max="1" step="0.01" .value=${String(wayTo(threshold))}
          aria-label="Hide what is below" aria-valuetext=${String(threshold)}
          @input=${(event: Event) => slid(event, false)} @change=${(event: Event) => slid(event, true)}>
      </label>
      <button class="without" aria-pressed=${without.includes(0)} aria-label="− first: leave out the first token"
        @pointerenter=${tellLeavesOut} @focusin=${tellLeavesOut} @click=${() => change.toggle(0)}>− first</button>
      <headlight-picture-menu .picture=${picture}></headlight-picture-menu>
    </div>`;
}
