import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { brief, grouped } from '../picture/numbers.ts';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import { stickyStyles } from '../picture/sticky.ts';
import type { Tip } from '../picture/tip.ts';
import '../picture/tip.ts';
import { hoverToken, onTokenHover } from '../picture/token-hover.ts';
import { Shades, type Shade } from '../shared/shades.ts';
import { measureDrawn, measureHover } from '../shared/timing.ts';
import '../term/term.ts';
import { onThemeChange, themeColor } from '../theme/theme.ts';
import { describeCell, lensTable, type LogitLensData } from './lens-cells.ts';
import { lensStyles } from './lens-styles.ts';
import { lensSvg } from './lens-svg.ts';
import { columnsInView, largestKl, moved, strength, WORST_RANK, type LensCell, type Quantity } from './lens-values.ts';
import { elided } from '../shared/token.ts';

const QUANTITIES: Array<[Quantity, string]> = [
  ['probability', 'probability'],
  ['rank', 'rank of the real token'],
  ['kl', 'KL to final'],
];
/** Heights of the rows, as the styles have them. */
const HEAD = 24;
const ROW = 26;
/** Columns are no narrower; where they do not all fit even so, they scroll and are wider. */
const NARROWEST = 36;
const SCROLLING = 50;
const WIDEST = 104;

/** What the model would say next if it stopped after each layer. */
@customElement('headlight-logit-lens')
export class LogitLens extends LitElement {
  static styles = [stickyStyles, lensStyles];

  @property({ attribute: false }) data?: LogitLensData;
  @property({ type: Number }) destination = -1;
  @property() show: Quantity = 'probability';
  @state() private view: [first: number, end: number] = [0, 0];
  @state() private cursor: [stage: number, position: number] = [-1, -1];
  @query('.scroll') private scroller?: HTMLElement;
  @query('table') private grid?: HTMLTableElement;
  @query('.band.hovered') private band?: HTMLElement;
  @query('headlight-tip') private tip!: Tip;
  private picture?: Picture;
  private greatestKl = 0;
  private first = 80;
  private column = SCROLLING;
  private hovered = -1;
  private shades = Shades.at(this);
  private readonly resizing = new ResizeObserver(() => this.measure());
  private endings: Array<() => void> = [];

  connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
    this.endings = [
      onThemeChange(() => this.requestUpdate('show')),
      onTokenHover(this, (token) => measureHover(() => this.showBand(token ?? -1))),
    ];
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.endings.forEach((end) => end());
    this.leave();
  }

  willUpdate(changes: PropertyValues): void {
    if (changes.has('data')) this.take(this.data);
    if (changes.has('data') || changes.has('show')) this.shades = Shades.at(this);
  }

  private take(data?: LogitLensData): void {
    this.cursor = [-1, -1];
    this.greatestKl = data ? largestKl(data.cells) : 0;
    this.first = 24 + 6.4 * Math.max(6, ...(data?.stages ?? []).map(({ length }) => length));
    this.measure();
    this.picture = data && {
      name: data.name,
      table: () => lensTable(data),
      svg: () => this.svg(data),
      scale: () => (data.tokens.length > 100 ? 1 : 2),
    };
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data') && this.data) {
      this.measure();
      measureDrawn('logit-lens');
    }
    if (changes.has('data') || changes.has('destination')) this.reveal(this.destination);
  }

  /** Columns share the room there is, and scroll when it is too little. */
  private measure(): void {
    const count = this.data?.tokens.length ?? 0;
    const room = this.clientWidth - this.first;
    const even = Math.min(WIDEST, Math.floor(room / Math.max(1, count)));
    const column = even >= NARROWEST ? even : SCROLLING;
    if (column !== this.column) this.requestUpdate();
    this.column = column;
    this.look();
    this.showBand(this.hovered);
  }

  private look(): void {
    const [first, end] = columnsInView(
      this.scroller?.scrollLeft ?? 0,
      this.clientWidth,
      this.column,
      this.data?.tokens.length ?? 0,
    );
    if (first !== this.view[0] || end !== this.view[1]) this.view = [first, end];
  }

  private reveal(position: number): void {
    const { scroller } = this;
    if (!scroller || position < 0) return;
    const left = position * this.column;
    const inside =
      left >= scroller.scrollLeft && left + this.column + this.first <= scroller.scrollLeft + scroller.clientWidth;
    if (!inside) scroller.scrollLeft = left - (scroller.clientWidth - this.first - this.column) / 2;
  }

  private shade(cell: LensCell): Shade {
    return this.shades.of(strength(cell, this.show, this.greatestKl), false, 1);
  }

  render() {
    const { data } = this;
    if (!data) return nothing;
    if (data.tokens.length === 0)
      return html`<p class="empty">No tokens yet: type a sentence.</p><headlight-tip></headlight-tip>`;
    return html`
      <header>
        <h3><headlight-term name="logit lens">Logit lens</headlight-term></h3>
        <div class="segments" role="group" aria-label="Colour by">
          ${QUANTITIES.map(
            ([quantity, label]) => html`
            <button aria-pressed=${this.show === quantity} @click=${() => this.choose(quantity)}>${label}</button>`,
          )}
        </div>
        ${this.legend()}
        <headlight-picture-menu .picture=${this.picture}></headlight-picture-menu>
      </header>
      <div class="scroll" @scroll=${this.look}>
        ${this.renderTable(data)}
        <div class="band hovered" hidden></div>
        ${
          this.destination >= 0 && this.destination < data.tokens.length
            ? html`<div class="band chosen" style=${this.bandStyle(this.destination)}></div>`
            : nothing
        }
      </div>
      <headlight-tip></headlight-tip>`;
  }

  private legend() {
    const [from, to] = {
      probability: ['0', '1'],
      rank: [`${grouped(WORST_RANK)}+`, '1'],
      kl: ['0', `${brief(this.greatestKl)} nats`],
    }[this.show];
    return html`<span class="legend">${from}<i style="background:${this.shades.gradient(false)}"></i>${to}</span>`;
  }

  private renderTable({ tokens, stages, cells }: LogitLensData) {
    const [first, end] = this.view;
    const positions = Array.from({ length: end - first }, (_, i) => first + i);
    const [stage, position] = this.cursor;
    const before = html`<td class="space" style="width:${first * this.column}px"></td>`;
    const after = html`<td class="space" style="width:${(tokens.length - end) * this.column}px"></td>`;
    return html`
      <table role="grid" tabindex="0" aria-label="Logit lens: arrow keys read the cells, Enter selects the position"
        aria-rowcount=${stages.length + 1} aria-colcount=${tokens.length + 1}
        aria-activedescendant=${stage < 0 ? nothing : `cell-${stage}-${position}`}
        style="width:${this.first + tokens.length * this.column}px;--letter:${this.column < SCROLLING ? 10 : 11}px"
        @pointermove=${this.onMove} @pointerleave=${this.leave} @click=${this.onClick}
        @keydown=${this.onKey} @blur=${this.leave}>
        <thead><tr>
          <th style="width:${this.first}px"></th>${first > 0 ? before : nothing}
          ${positions.map(
            (i) => html`<th style="width:${this.column}px" aria-colindex=${i + 2} data-position=${i}
            class=${i === this.destination ? 'chosen' : ''}><bdi>${elided(tokens[i].label)}</bdi></th>`,
          )}
          ${end < tokens.length ? after : nothing}
        </tr></thead>
        <tbody>${stages.map(
          (name, row) => html`<tr>
          <th scope="row">${name}</th>${first > 0 ? before : nothing}
          ${positions.map((i) => this.renderCell(cells[row][i], row, i))}
          ${end < tokens.length ? after : nothing}
        </tr>`,
        )}</tbody>
      </table>`;
  }

  private renderCell(cell: LensCell, stage: number, position: number) {
    const { background, colour } = this.shade(cell);
    const here = stage === this.cursor[0] && position === this.cursor[1];
    return html`<td role="gridcell" id="cell-${stage}-${position}" aria-colindex=${position + 2}
      data-stage=${stage} data-position=${position}
      class=${here ? 'cursor' : ''} style="background:${background};color:${colour}"><bdi>${elided(cell.top[0]?.label ?? '')}</bdi></td>`;
  }

  private choose(quantity: Quantity): void {
    this.show = quantity;
    this.fire('show-change', { show: quantity });
  }

  /** The stage and the position of the cell under an event; -1 where there is none. */
  private under(event: Event): [stage: number, position: number] {
    const { stage, position } = (event.target as HTMLElement).dataset;
    return [Number(stage ?? -1), Number(position ?? -1)];
  }

  private onMove(event: PointerEvent): void {
    const [stage, position] = this.under(event);
    this.hover(position);
    if (stage >= 0) this.tip.show(event.clientX, event.clientY, describeCell(this.data!, stage, position));
    else this.tip.hide();
  }

  private onClick(event: MouseEvent): void {
    const [, position] = this.under(event);
    if (position >= 0) this.fire('token-select', { index: position, as: 'destination' });
  }

  private onKey(event: KeyboardEvent): void {
    const [, position] = this.cursor;
    if (event.key === 'Enter' && position >= 0)
      return this.fire('token-select', { index: position, as: 'destination' });
    if (event.key === 'Escape') return this.leave();
    const { stages, tokens } = this.data!;
    const next = moved(this.cursor, event.key, stages.length, tokens.length);
    if (!next) return;
    event.preventDefault();
    void this.moveTo(...next);
  }

  private async moveTo(stage: number, position: number): Promise<void> {
    this.cursor = [stage, position];
    this.reveal(position);
    this.look();
    await this.updateComplete;
    const cell = this.shadowRoot!.getElementById(`cell-${stage}-${position}`);
    if (!cell || this.shadowRoot!.activeElement !== this.grid) return;
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const box = cell.getBoundingClientRect();
    this.hover(position);
    this.tip.show(box.right - 16, box.bottom - 8, describeCell(this.data!, stage, position));
  }

  private leave(): void {
    this.hover(-1);
    this.cursor = [-1, -1];
    this.tip?.hide();
  }

  private hover(position: number): void {
    hoverToken(this, position < 0 ? null : position);
    if (position !== this.hovered) measureHover(() => this.showBand(position));
  }

  private showBand(position: number): void {
    this.hovered = position;
    if (!this.band) return;
    this.band.hidden = position < 0 || position >= (this.data?.tokens.length ?? 0);
    this.band.style.cssText = this.bandStyle(position);
  }

  private bandStyle(position: number): string {
    const height = HEAD + ROW * (this.data?.stages.length ?? 0);
    return `left:${this.first + position * this.column}px;width:${this.column}px;height:${height}px`;
  }

  private fire(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private svg({ tokens, stages, cells }: LogitLensData): string {
    return lensSvg({
      tokens: tokens.map(({ label }) => label),
      stages,
      cell: (stage, position) => ({
        text: cells[stage][position].top[0]?.label ?? '',
        ...this.shade(cells[stage][position]),
      }),
      surface: themeColor(this, '--hl-surface'),
      muted: themeColor(this, '--hl-muted'),
      font: themeColor(this, '--hl-font'),
      mono: themeColor(this, '--hl-mono'),
    });
  }
}
