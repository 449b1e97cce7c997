import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../one-stop/one-stop.ts';
import { fixed, grouped } from '../picture/numbers.ts';
import { Player } from '../shared/player.ts';
import { lossEnd, measureAt, place, type History } from './history.ts';

const PACE = 900;
const HEIGHT = 22;

/**
 * A slider over the checkpoints of a training, with its loss and its best induction score drawn behind. Letting go of it
 * fires `step-select` with the step, -1 for the finished model.
 */
@customElement('headlight-training-slider')
export class TrainingSlider extends LitElement {
  static styles = css`
    :host {
      display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 12px; align-items: center;
      padding: 2px 14px; border: 1px solid var(--hl-border); border-radius: var(--hl-radius);
      background: var(--hl-surface); color: var(--hl-text); font: var(--hl-size-small) / 1.3 var(--hl-font);
    }
    :host([hidden]) { display: none; }
    button {
      width: 26px; height: 22px; padding: 0; border: 1px solid var(--hl-border); border-radius: 6px; font: inherit;
      background: none; color: var(--hl-accent); cursor: pointer;
    }
    button:focus-visible, input:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
    .track { position: relative; height: 22px; margin: 0 16px 0 18px; }
    .axis { position: absolute; top: -2px; bottom: -2px; display: flex; flex-direction: column; justify-content: space-between;
      font: 9px / 1 var(--hl-font); font-variant-numeric: tabular-nums; }
    .axis.of-loss { right: 100%; margin-right: 4px; text-align: right; color: var(--hl-series-1); }
    .axis.of-score { left: 100%; margin-left: 4px; color: var(--hl-series-2); }
    .controls { display: contents; }
    svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
    polyline { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
    .loss { stroke: var(--hl-series-1); opacity: 0.55; }
    .induction { stroke: var(--hl-series-2); }
    .now { stroke: var(--hl-text); stroke-width: 1; vector-effect: non-scaling-stroke; }
    .stop { position: absolute; bottom: -3px; width: 5px; height: 5px; margin-left: -2.5px; border-radius: 50%;
      background: var(--hl-faint); }
    .stop.shown { bottom: -5px; width: 9px; height: 9px; margin-left: -4.5px; background: var(--hl-accent); }
    input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0.001; cursor: ew-resize; }
    .track:focus-within { outline: 2px solid var(--hl-accent); outline-offset: 2px; border-radius: 3px; }
    .said { display: grid; grid-template-columns: repeat(3, auto); gap: 0 10px; color: var(--hl-muted);
      font-variant-numeric: tabular-nums; white-space: nowrap; }
    .said b { color: var(--hl-text); font-weight: 600; }
    .key { display: inline-block; width: 9px; height: 3px; margin-right: 4px; vertical-align: middle; }
    @media (max-width: 760px) {
      :host { grid-template-columns: auto minmax(0, 1fr); }
      .said { grid-column: 1 / -1; display: flex; flex-wrap: wrap; }
    }
  `;

  @property({ attribute: false }) data?: History;
  /** The stop that is dragged to; -1 when the slider rests. */
  @state() private dragged = -1;
  private next = 0;
  private readonly player = new Player(this, PACE, () => this.advance());

  private get index(): number {
    const { checkpoints, selected } = this.data!;
    if (this.dragged >= 0) return this.dragged;
    return selected < 0 ? checkpoints.length - 1 : Math.max(0, checkpoints.indexOf(selected));
  }

  override render() {
    const { data } = this;
    if (!data || data.checkpoints.length < 2) return nothing;
    const step = data.checkpoints[this.index];
    const [, unseen, induction] = measureAt(data, step) ?? [step, Number.NaN, Number.NaN];
    const x = (at: number) => 100 * place(at, data.steps);
    return html`
      <div class="controls" data-one-stop role="group" aria-label="Training: controls">
      <button @click=${this.toggle} aria-label=${this.player.playing ? 'Stop' : 'Play the training'}
        title=${this.player.playing ? 'Stop' : 'Play the training from its beginning'}>${this.player.playing ? '❚❚' : '▶'}</button>
      <div class="track">
        <svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
          ${this.curve('loss', this.scaled(1, lossEnd(data)))} ${this.curve('induction', this.scaled(2, 1))}
          ${svg`<line class="now" x1=${x(step)} x2=${x(step)} y1="0" y2=${HEIGHT}></line>`}
        </svg>
        <span class="axis of-loss" title="axis of the loss, in nats a token"><span>${lossEnd(data)}</span><span>0</span></span>
        <span class="axis of-score" title="axis of the induction score"><span>1</span><span>0</span></span>
        ${data.checkpoints.map(
          (at) => html`<span class="stop ${at === step ? 'shown' : ''}" style="left:${x(at)}%"></span>`,
        )}
        <input type="range" min="0" max=${data.checkpoints.length - 1} step="1" .value=${String(this.index)}
          aria-label="Step of the training" aria-valuetext="step ${grouped(step)} of ${grouped(data.steps)}"
          @input=${this.onInput} @change=${this.onChange} @pointerdown=${this.onPointer} />
      </div>
      </div>
      <div class="said">
        <span>step <b>${grouped(step)}</b> of ${grouped(data.steps)}</span>
        <span title="mean loss on a sample of ${data.unseen}, which is not trained on, in nats a token"><span class="key" style="background:var(--hl-series-1)"></span>loss on ${data.unseen}
          <b>${fixed(unseen, 2)}</b></span>
        <span><span class="key" style="background:var(--hl-series-2)"></span>induction
          <b>${fixed(induction, 2)}</b></span>
      </div>`;
  }

  private curve(name: string, points: Array<[number, number]>) {
    return svg`<polyline class=${name} points=${points.map(([x, y]) => `${x},${y}`).join(' ')}></polyline>`;
  }

  /** A quantity of the measures on an axis that begins at 0. */
  private scaled(of: 1 | 2, end: number): Array<[number, number]> {
    const { measures, steps } = this.data!;
    return measures.map((measure) => [
      100 * place(measure[0], steps),
      2 + (HEIGHT - 4) * (1 - Math.max(0, measure[of]) / end),
    ]);
  }

  /** A press anywhere goes to the stop nearest to it: the stops are not evenly spaced, as the input takes them to be. */
  private onPointer(event: PointerEvent): void {
    event.preventDefault();
    this.player.stop();
    const input = event.currentTarget as HTMLInputElement;
    input.focus();
    const follow = (move: PointerEvent) => {
      const box = input.getBoundingClientRect();
      const share = (move.clientX - box.left) / box.width;
      const { checkpoints, steps } = this.data!;
      const away = checkpoints.map((step) => Math.abs(place(step, steps) - share));
      this.dragged = away.indexOf(Math.min(...away));
    };
    const release = () => {
      window.removeEventListener('pointermove', follow);
      window.removeEventListener('pointerup', release);
      this.select(this.dragged);
    };
    window.addEventListener('pointermove', follow);
    window.addEventListener('pointerup', release);
    follow(event);
  }

  private onInput(event: Event): void {
    this.dragged = Number((event.target as HTMLInputElement).value);
  }

  private onChange(event: Event): void {
    this.player.stop();
    this.select(Number((event.target as HTMLInputElement).value));
  }

  private select(index: number): void {
    const { checkpoints } = this.data!;
    this.dragged = -1;
    const step = index === checkpoints.length - 1 ? -1 : checkpoints[index];
    this.data = { ...this.data!, selected: step };
    this.dispatchEvent(new CustomEvent('step-select', { detail: { step }, bubbles: true, composed: true }));
  }

  private toggle(): void {
    if (this.player.playing) return this.player.stop();
    this.next = this.index >= this.last ? 0 : this.index + 1;
    if (this.advance()) this.player.start();
  }

  private advance(): boolean {
    this.select(this.next);
    return this.next++ < this.last;
  }

  private get last(): number {
    return this.data!.checkpoints.length - 1;
  }
}
