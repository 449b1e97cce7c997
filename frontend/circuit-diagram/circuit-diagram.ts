import { html, LitElement, nothing, svg, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import type { Tip } from '../picture/tip.ts';
import '../picture/tip.ts';
import { hoverToken, onTokenHover } from '../picture/token-hover.ts';
import { KeptView } from '../shared/kept-view.ts';
import { measureDrawn, measureHover } from '../shared/timing.ts';
import { Player } from '../shared/player.ts';
import { explained } from '../term/explained.ts';
import { onThemeChange, themeColor } from '../theme/theme.ts';
import { circuitTip } from './circuit-tip.ts';
import { STEPS, type Circuit } from './circuit.ts';
import { Drawing, type Theme } from './drawing.ts';
import { layout, pointedAt, type Layout, type Pointed } from './layout.ts';
import { styles } from './styles.ts';
import { circuitTable, sentence, stepName } from './words.ts';

const PACE = 2600;
const LAST = STEPS.length - 1;

/**
 * One head's computation at one destination as one drawn circuit, told step by step. Escape goes to the last step.
 */
@customElement('headlight-circuit-diagram')
export class CircuitDiagram extends LitElement {
  static styles = styles;

  @property({ attribute: false }) data?: Circuit;
  private readonly kept = new KeptView(this);
  @state() private width = 0;
  /** The source under the pointer here or in another picture: its position in the sentence. */
  @state() private hovered = -1;
  @query('headlight-tip') private tip!: Tip;
  private place?: Layout;
  private drawing?: Drawing;
  private picture?: Picture;
  private readonly player = new Player(this, PACE, () => {
    this.move(this.at + 1);
    return this.at < LAST;
  });
  private endings: Array<() => void> = [];
  private readonly resizing = new ResizeObserver(([entry]) => (this.width = Math.floor(entry.contentRect.width)));

  connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
    window.addEventListener('keydown', this.onKey, true);
    this.endings = [
      onThemeChange(() => this.requestUpdate('width')),
      onTokenHover(this, (token) => measureHover(() => (this.hovered = token ?? -1))),
    ];
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    window.removeEventListener('keydown', this.onKey, true);
    this.endings.forEach((end) => end());
    this.leave();
  }

  /** 0 to 8; the whole circuit stands at the last one. */
  get step(): number {
    return this.kept.get('step', LAST);
  }

  set step(step: number) {
    this.kept.set('step', step === LAST ? undefined : step);
  }

  private get at(): number {
    return Math.max(0, Math.min(LAST, Math.round(this.step)));
  }

  willUpdate(changes: PropertyValues): void {
    const { data, width } = this;
    if (changes.has('data')) {
      this.picture = data && {
        name: data.name,
        table: () => circuitTable(data),
        svg: () => this.svg(),
      };
    }
    if (!(changes.has('data') || changes.has('width'))) return;
    if (!data || width === 0 || data.sources.length === 0) {
      this.place = undefined; // what was laid out is of other data
      return;
    }
    const theme: Theme = (variable) => themeColor(this, variable);
    this.place = layout(data, width);
    this.drawing = new Drawing(data, this.place, theme);
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data')) this.tip?.hide();
    if (changes.has('data') && this.data) measureDrawn('circuit-diagram');
  }

  render() {
    const { data } = this;
    if (!data) return nothing;
    if (data.sources.length === 0)
      return html`<p class="empty">Nothing to step through yet: choose a head and a destination. A model without layers
        has no heads; its logits are the embedding times the unembedding.</p><headlight-tip></headlight-tip>`;
    return html`
      <header>
        ${this.controls()}
        <p class="said" aria-live="polite">${explained(sentence(data, STEPS[this.at]))}</p>
        <slot name="controls"></slot>
        <headlight-picture-menu .picture=${this.picture}></headlight-picture-menu>
      </header>
      ${this.place && this.drawing ? this.stage(this.place, this.drawing) : nothing}
      <headlight-tip></headlight-tip>`;
  }

  private controls() {
    const { at } = this;
    const { playing } = this.player;
    const label = playing ? 'Stop' : 'Play the computation';
    return html`
      <button @click=${() => this.go(at - 1)} ?disabled=${at === 0} aria-label="Step back" title="Step back">◂</button>
      <button @click=${this.toggle} aria-label=${label} title=${label}>${playing ? '❚❚' : '▶'}</button>
      <button @click=${() => this.go(at + 1)} ?disabled=${at === LAST} aria-label="Step forward"
        title="Step forward">▸</button>
      <input type="range" min="0" max=${LAST} step="1" .value=${String(at)} aria-label="Step of the computation"
        aria-valuetext=${stepName(at)} @input=${(e: Event) => this.go(Number((e.target as HTMLInputElement).value))}>
      <span class="count">${stepName(at)}</span>`;
  }

  private stage(place: Layout, drawing: Drawing) {
    const row = place.rows.find(({ source }) => this.data!.sources[source].index === this.hovered);
    return html`
      <div class="stage" @pointermove=${this.onMove} @pointerleave=${this.leave}>
        <svg width=${place.width} height=${place.height} viewBox="0 0 ${place.width} ${place.height}" role="img"
          aria-label="The circuit of ${this.data!.head}; its numbers are in the table under the menu">
          ${svg`
            ${
              row
                ? svg`<rect x="0" y=${row.y - place.row / 2} width=${place.width} height=${place.row} rx="4"
                    fill="var(--hl-surface-sunken)"></rect>`
                : nothing
            }
            <g>${unsafeSVG(drawing.content(this.at))}</g>`}
        </svg>
      </div>`;
  }

  private go(step: number): void {
    this.player.stop();
    this.move(step);
  }

  private move(step: number): void {
    const next = Math.max(0, Math.min(LAST, step));
    if (next === this.at) return;
    this.step = next;
  }

  /** Escape puts the single steps away: the whole circuit stands, as it does where the address is opened. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.go(LAST);
  };

  private toggle(): void {
    if (this.player.playing) return this.player.stop();
    if (this.at === LAST) this.move(0);
    this.player.start();
  }

  private onMove(event: PointerEvent): void {
    const box = this.renderRoot.querySelector('svg')!.getBoundingClientRect();
    const pointed = pointedAt(this.place!, event.clientX - box.left, event.clientY - box.top);
    measureHover(() => this.point(pointed, event));
  }

  private point(pointed: Pointed | undefined, event: PointerEvent): void {
    if (pointed) this.tip.show(event.clientX, event.clientY, circuitTip(this.data!, pointed));
    else this.tip.hide();
    const { sources } = this.data!;
    const token = pointed && pointed.source >= 0 ? sources[pointed.source].index : -1;
    if (token === this.hovered) return;
    this.hovered = token;
    hoverToken(this, token < 0 ? null : token);
  }

  private readonly leave = (): void => {
    this.tip?.hide();
    hoverToken(this, null);
    this.hovered = -1;
  };

  private svg(): string {
    return this.drawing ? this.drawing.svg(this.at, sentence(this.data!, STEPS[this.at])) : '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-circuit-diagram': CircuitDiagram;
  }
}
