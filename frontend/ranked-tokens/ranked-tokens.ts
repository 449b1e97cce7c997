import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, queryAll, state } from 'lit/decorators.js';
import { exact, grouped } from '../picture/numbers.ts';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import type { Tip } from '../picture/tip.ts';
import '../picture/tip.ts';
import { measureDrawn } from '../shared/timing.ts';
import { rowsSvg, type DrawnCell } from '../sortable/rows-svg.ts';
import { tableLook } from '../sortable/table-look.ts';
import { themeColor } from '../theme/theme.ts';
import { explained } from '../term/explained.ts';
import { figure, longest, share } from './bars.ts';
import { elided } from '../shared/token.ts';

export interface RankedToken {
  label: string;
  id: number;
  value: number;
  rank?: number;
  marked?: boolean;
}

export interface RankedTokensData {
  name: string;
  title: string;
  columnLabel: string;
  unit: string;
  rows: RankedToken[];
  /** The other end of the list; may be empty. */
  lowest: RankedToken[];
  /** How many tokens were ranked. */
  total: number;
  query: string;
  message: string;
}

const TYPING = 250;
/** Of a bar in the drawing that is saved. */
const BAR = 150;

/** Tokens of the vocabulary in the order of a quantity. */
@customElement('headlight-ranked-tokens')
export class RankedTokens extends LitElement {
  static styles = css`
    :host { display: block; min-width: 0; color: var(--hl-text); font: var(--hl-size-small) / 1.4 var(--hl-font); }
    header { display: flex; align-items: center; gap: 8px; min-height: 26px; margin-bottom: 2px; flex-wrap: wrap; }
    h3 {
      flex: 1 1 auto; margin: 0; max-width: 24ch; font: 600 var(--hl-size-small) / 1.4 var(--hl-font);
      color: var(--hl-muted); white-space: pre; overflow: hidden; text-overflow: ellipsis;
    }
    input {
      flex: 0 1 112px; min-width: 70px; margin-left: auto; box-sizing: border-box; padding: 3px 8px; font: 12px var(--hl-mono);
      color: inherit;
      background: var(--hl-surface); border: 1px solid var(--hl-border); border-radius: 5px;
    }
    input::placeholder { color: var(--hl-muted); font-family: var(--hl-font); }
    input:focus-visible, .row:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -1px; }
    .list { display: grid; grid-template-columns: minmax(0, 1.2fr) auto minmax(28px, 1fr); column-gap: 12px; }
    .list.ranked { grid-template-columns: minmax(0, 3fr) auto minmax(28px, 1fr); }
    .head, .row {
      display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; padding: 0 6px;
    }
    .head { color: var(--hl-muted); min-height: 22px; white-space: nowrap; }
    .head span:nth-child(2), .value { text-align: right; }
    .head .menu { justify-self: end; }
    .row {
      min-height: 22px; border: 0; background: none; color: inherit; font: inherit; text-align: left;
      border-radius: 4px; cursor: pointer;
      font-variant-numeric: tabular-nums;
    }
    .row:hover { background: var(--hl-surface-sunken); }
    .row.marked { background: var(--hl-accent-soft); }
    .row.marked .token { color: var(--hl-accent); font-weight: 600; }
    .token { font-family: var(--hl-mono); white-space: pre; overflow: hidden; text-overflow: ellipsis; }
    .rank { margin-left: 8px; font: var(--hl-size-label) var(--hl-font); color: var(--hl-muted); }
    .bar { display: block; height: 6px; min-width: 1px; border-radius: 1px; background: var(--hl-accent); }
    .bar.up { background: var(--hl-positive); }
    .bar.down { background: var(--hl-negative); }
    .message { margin: 2px 6px; color: var(--hl-muted); }
    :host([compact]) .head, :host([compact]) .row { padding: 0 2px; }
  `;

  @property({ attribute: false }) data?: RankedTokensData;
  /** Signed quantities are drawn in the colours of their sign, others in the accent. */
  @property({ attribute: false }) signed = true;
  /** What a bar of full length stands for, such as 1 for probabilities; 0: the longest of the list. */
  @property({ type: Number }) full = 0;
  @property({ type: Boolean }) searchable = false;
  /** Without title and search field. */
  @property({ type: Boolean, reflect: true }) compact = false;
  /** The row at which Tab stops; arrow keys walk on from there. */
  @state() private entry = 0;
  @query('headlight-tip') private tip!: Tip;
  @queryAll('.row') private buttons!: NodeListOf<HTMLElement>;
  private picture?: Picture;
  private typing = 0;
  private asked = '';

  disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.typing);
    this.tip?.hide();
  }

  willUpdate(changes: PropertyValues): void {
    if (!changes.has('data')) return;
    const { data } = this;
    this.entry = 0;
    this.asked = data?.query ?? '';
    this.picture = data && {
      name: data.name,
      table: () => ({
        header: ['token', 'id', data.unit || 'value', 'rank'],
        rows: [...data.rows, ...data.lowest].map(({ label, id, value, rank }) => [label, id, value, rank ?? '']),
      }),
      svg: () => this.svg(data),
    };
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data') && this.data) measureDrawn('ranked-tokens');
  }

  render() {
    const { data } = this;
    if (!data) return nothing;
    const { rows, lowest } = data;
    const most = this.full || longest(rows, lowest);
    const ranked = rows.some(({ rank }) => rank !== undefined);
    const firstHead = lowest.length > 0 ? 'raises' : data.columnLabel;
    const menu = html`<headlight-picture-menu .picture=${this.picture}></headlight-picture-menu>`;
    return html`
      ${this.compact ? nothing : this.header(data, menu)}
      <div class="list ${ranked ? 'ranked' : ''}" role="group" aria-label="${data.title || data.name}: arrow keys walk over the tokens"
        @pointerleave=${() => this.tip.hide()} @keydown=${this.onWalk}>
        ${rows.length > 0 ? this.head(firstHead, data.unit, this.compact ? menu : nothing) : nothing}
        ${rows.map((row, i) => this.row(row, most, i))}
        ${lowest.length > 0 ? this.head('lowers', rows.length > 0 ? '' : data.unit, nothing) : nothing}
        ${lowest.map((row, i) => this.row(row, most, rows.length + i))}
      </div>
      <p class="message" role="status" ?hidden=${!this.status(data)}>${this.status(data)}</p>
      <headlight-tip></headlight-tip>`;
  }

  private status({ message, rows, lowest }: RankedTokensData): string {
    return message || (rows.length + lowest.length === 0 ? 'No tokens to show.' : '');
  }

  private header({ title, total, query: text }: RankedTokensData, menu: unknown) {
    return html`
      <header>
        <h3>${title}</h3>
        <slot name="controls"></slot>
        ${
          this.searchable
            ? html`<input type="search" placeholder="find in ${grouped(total)}" aria-label="Find a token"
              spellcheck="false" autocomplete="off"
              .value=${this.shadowRoot?.activeElement?.localName === 'input' ? this.typed() : text}
              @input=${this.onInput} @keydown=${this.onKey}>`
            : nothing
        }
        ${menu}
      </header>`;
  }

  private head(label: string, unit: string, menu: unknown) {
    return html`<div class="head"><span>${explained(label)}</span><span>${explained(unit)}</span><span class="menu">${menu}</span></div>`;
  }

  private row(row: RankedToken, most: number, index: number) {
    const sign = !this.signed ? '' : row.value < 0 ? 'down' : 'up';
    return html`
      <button class="row ${row.marked ? 'marked' : ''}" tabindex=${index === this.entry ? 0 : -1} @click=${() => this.fire('token-pick', { id: row.id })}
        @pointermove=${(event: PointerEvent) => this.tip.show(event.clientX, event.clientY, this.describe(row))}
        @focus=${(event: FocusEvent) => this.onFocus(event, row, index)} @blur=${() => this.tip.hide()}>
        <span class="token"><bdi>${elided(row.label)}</bdi>${
          row.rank === undefined
            ? nothing
            : html`<span class="rank">#${grouped(row.rank)} of ${grouped(this.data!.total)}</span>`
        }</span>
        <span class="value">${figure(row.value, this.signed)}</span>
        <span><span class="bar ${sign}" style="width:${100 * share(row.value, most)}%"></span></span>
      </button>`;
  }

  private describe({ label, id, value, rank }: RankedToken) {
    return html`<b><code><bdi>${label}</bdi></code></b> <span class="muted">id ${id}</span>
      <dl><dt>${this.data!.unit || 'value'}</dt><dd>${exact(value)}</dd>
        ${rank === undefined ? nothing : html`<dt>rank</dt><dd>${grouped(rank)} of ${grouped(this.data!.total)}</dd>`}
      </dl>`;
  }

  private onFocus(event: FocusEvent, row: RankedToken, index: number): void {
    this.entry = index;
    const target = event.currentTarget as HTMLElement;
    if (!target.matches(':focus-visible')) return;
    const box = target.getBoundingClientRect();
    this.tip.show(box.right - 40, box.bottom - 10, this.describe(row));
  }

  private onWalk(event: KeyboardEvent): void {
    const last = this.buttons.length - 1;
    const next = { ArrowDown: this.entry + 1, ArrowUp: this.entry - 1, Home: 0, End: last }[event.key];
    if (next === undefined || !(event.target as HTMLElement).matches('.row')) return;
    event.preventDefault();
    this.buttons[Math.max(0, Math.min(last, next))].focus();
  }

  private typed(): string {
    return this.shadowRoot!.querySelector('input')!.value;
  }

  private onInput(): void {
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => this.search(), TYPING);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    clearTimeout(this.typing);
    this.search();
  }

  private search(): void {
    const text = this.typed();
    if (text === this.asked) return;
    this.asked = text;
    this.fire('search', { query: text });
  }

  private fire(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private svg({ title, columnLabel, unit, rows, lowest }: RankedTokensData): string {
    const look = tableLook(this);
    const most = this.full || longest(rows, lowest);
    const colour = (value: number) =>
      themeColor(this, !this.signed ? '--hl-accent' : value < 0 ? '--hl-negative' : '--hl-positive');
    const lines = (list: RankedToken[]): DrawnCell[][] =>
      list.map(({ label, value }) => [
        { text: elided(label) },
        { text: figure(value, this.signed) },
        { text: '', bar: { share: share(value, most), colour: colour(value) } },
      ]);
    const columns = [
      { heading: lowest.length > 0 ? 'raises' : columnLabel, isNumber: false, mono: true },
      { heading: unit, isNumber: true, mono: false },
      { heading: '', isNumber: false, mono: false, width: BAR },
    ];
    const between: DrawnCell[][] = lowest.length > 0 ? [[{ text: 'lowers', colour: look.muted }, { text: '' }, { text: '' }]] : [];
    return rowsSvg(columns, [...lines(rows), ...between, ...lines(lowest)], look, title);
  }
}

