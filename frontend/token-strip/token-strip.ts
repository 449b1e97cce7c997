import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, queryAll, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import '../picture/tip.ts';
import type { Tip } from '../picture/tip.ts';
import { hoverToken, onTokenHover } from '../picture/token-hover.ts';
import { onTokenWeights } from '../picture/token-weights.ts';
import { KeptView } from '../shared/kept-view.ts';
import { measureDrawn, measureHover } from '../shared/timing.ts';
import { tokenTip } from './token-tip.ts';
import { caption, changeColour, isContinued, lossColour, pieces, spokenToken, step, type StripToken, type TokenStripData } from './words.ts';
import { elided } from '../shared/token.ts';

export type { TokenStripData } from './words.ts';

/** Rows of tokens that stand; where more are needed, one stands and scrolls, beside or above what is said of it. */
const ROWS = 2;

/** Smaller shares of attention are not seen. */
const SEEN = 0.01;

/** The sentence as the model reads it: a box a token, underlined by how little the model expected it. */
@customElement('headlight-token-strip')
export class TokenStrip extends LitElement {
  static styles = css`
    :host { display: block; min-width: 0; container-type: inline-size; color: var(--hl-text); font: var(--hl-size-small) / 1.4 var(--hl-font); }
    .tokens {
      position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 3px; padding: 2px;
      margin: -2px;
    }
    .folded {
      box-sizing: border-box; max-height: 30px; overflow-y: auto; scrollbar-width: thin;
      scrollbar-color: var(--hl-border) transparent;
    }
    .token {
      box-sizing: border-box; height: 26px; min-width: 16px; padding: 2px 4px 0; border: 1px solid transparent;
      border-bottom: 3px solid; border-radius: 3px 3px 0 0; background: var(--hl-surface); cursor: pointer;
      font: 13px / 19px var(--hl-mono); white-space: pre; text-align: center; user-select: none;
    }
    .token i { font-style: normal; color: var(--hl-faint); }
    .byte, .special { color: var(--hl-muted); font-size: 11px; }
    .unknown { color: var(--hl-warning); }
    .continued { border-top: 1px dashed var(--hl-muted); font-style: italic; }
    .read { cursor: default; }
    .token:hover, .elsewhere { background: var(--hl-surface-sunken); }
    .lit {
      background: color-mix(in srgb, var(--lit) calc(var(--share) * 45%), var(--hl-surface));
    }
    .source, .destination {
      outline: 1px solid var(--hl-accent);
      border-radius: 3px;
    }
    .source:not(.lit), .destination:not(.lit) { background: var(--hl-accent-soft); }
    .source { outline-style: dashed; }
    .token:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
    .caption { color: var(--hl-muted); margin: 0 8px; }
    .cut {
      color: var(--hl-warning); background: var(--hl-warning-soft); border-radius: 4px; padding: 2px 8px;
      margin: 0 4px;
    }
    .below { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 4px; margin-top: 4px; }
    .below .caption { margin-left: 0; }
    @container (min-width: 900px) {
      .strip:has(.folded) { display: flex; gap: 8px; align-items: center; }
      .folded { flex: 1; }
      .folded + .below { flex: none; margin-top: 0; }
    }
    button {
      font: inherit; color: var(--hl-accent); background: none; border: 0; border-radius: 4px;
      padding: 1px 4px; cursor: pointer;
    }
    button:hover { background: var(--hl-accent-soft); }
    button:focus-visible { outline: 2px solid var(--hl-accent); }
  `;

  @property({ attribute: false }) data?: TokenStripData;
  @property({ type: Number }) destination = -1;
  @property({ type: Number }) source = -1;

  private readonly kept = new KeptView(this);
  @state() private overflows = false;
  @state() private elsewhere: number | null = null;
  /** What the token that is pointed at gives to each. */
  @state() private shares: number[] = [];
  @state() private focused = 0;
  @query('headlight-tip') private tip!: Tip;
  @query('.tokens') private list?: HTMLElement;
  @queryAll('.token') private boxes!: NodeListOf<HTMLElement>;
  private endings: Array<() => void> = [];
  private readonly resizing = new ResizeObserver(() => {
    this.measure();
    this.reveal(this.destination);
  });

  connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
    this.endings = [
      onTokenHover(this, (index) => this.isRead || measureHover(() => (this.elsewhere = index))),
      onTokenWeights((weights) => (this.shares = this.isRead ? [] : (weights?.shares ?? []))),
    ];
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
    this.resizing.disconnect();
    this.endings.forEach((end) => end());
  }

  willUpdate(changed: PropertyValues): void {
    // Measured anew at its full width.
    if (changed.has('data')) this.overflows = false;
    if (!changed.has('data') && !changed.has('destination')) return;
    const count = this.data?.tokens.length ?? 0;
    this.focused = Math.max(0, Math.min(this.destination >= 0 ? this.destination : this.focused, count - 1));
  }

  /** Whether it is a passage to read, which is another than the sentence of the page. */
  private get isRead(): boolean {
    return !!this.data?.weights;
  }

  private get unfolded(): boolean {
    return this.kept.get('unfolded', false);
  }

  private set unfolded(unfolded: boolean) {
    this.kept.set('unfolded', unfolded);
  }

  render() {
    const { data } = this;
    if (!data || data.tokens.length === 0)
      return html`<span class="caption" style="margin:0">no tokens yet</span><headlight-tip></headlight-tip>`;
    const look = data.given > data.tokens.length ? 'cut' : 'caption';
    const note = this.isRead ? nothing : html`<span class=${look} @pointerenter=${this.leave}>${caption(data)}</span>`;
    return html`
      <div class="strip">
      <div class="tokens ${this.overflows && !this.unfolded ? 'folded' : ''}" role=${this.isRead ? 'list' : 'listbox'}
        aria-multiselectable=${this.isRead ? nothing : 'true'} aria-orientation=${this.isRead ? nothing : 'horizontal'}
        aria-label=${this.isRead ? 'Tokens, with the weight that each is given' : 'Tokens. Enter selects the destination, Shift and Enter the source.'}
        @keydown=${this.onKey} @focusout=${this.leave} @pointerleave=${this.leave}>
        ${data.tokens.map((token, index) => this.renderToken(data, token, index))}
        ${this.overflows ? nothing : note}
      </div>
      ${
        this.overflows
          ? html`
        <div class="below">
          ${note}
          <button aria-expanded=${this.unfolded} @click=${() => (this.unfolded = !this.unfolded)}>
            ${this.unfolded ? 'show one row' : 'show all rows'}
          </button>
        </div>`
          : nothing
      }
      </div>
      <headlight-tip></headlight-tip>`;
  }

  private renderToken(data: TokenStripData, token: StripToken, index: number) {
    const isSelected = index === this.destination || index === this.source;
    const { isRead } = this;
    const look = classMap({
      token: true,
      [token.kind]: true,
      continued: isContinued(data, index),
      elsewhere: index === this.elsewhere,
      destination: index === this.destination,
      source: index === this.source && index !== this.destination,
      read: isRead,
      lit: Math.abs(this.share(index)) >= SEEN,
    });
    return html`<div class=${look} role=${isRead ? 'listitem' : 'option'} tabindex=${index === this.focused ? 0 : -1} aria-selected=${isRead ? nothing : isSelected}
      aria-label=${spokenToken(data, index)}
      style="border-bottom-color:${isRead ? 'transparent' : (data.change ? changeColour : lossColour)(data.surprise[index] ?? null)};${this.light(index)}"
      @pointerenter=${(event: PointerEvent) => this.point(index, event)}
      @focus=${(event: FocusEvent) => this.onFocus(index, event)}
      @click=${(event: MouseEvent) => this.select(index, event.shiftKey)}>${html`<bdi>${pieces(elided(token.label)).map(
        ({ text, faint }) => (faint ? html`<i>${text}</i>` : text),
      )}</bdi>`}</div>`;
  }

  /** How strongly a token is coloured by what the one that is pointed at gives it. */
  private light(index: number): string {
    const share = this.share(index);
    if (Math.abs(share) < SEEN) return '';
    return `--share:${Math.abs(share).toFixed(4)};--lit:var(${share < 0 ? '--hl-negative' : '--hl-accent'})`;
  }

  /** What a token is given, by the one that is pointed at or by the destination of a passage. */
  private share(index: number): number {
    return (this.data?.weights ?? this.shares)[index] ?? 0;
  }

  updated(changed: PropertyValues): void {
    if (changed.has('data')) {
      this.tip?.hide();
      this.measure();
      measureDrawn('token-strip');
    }
    // Folding and unfolding move the rows as well.
    if (['data', 'destination', 'overflows', 'unfolded'].some((name) => changed.has(name))) this.reveal(this.destination);
  }

  /** Whether the tokens alone need more rows than stand at once. */
  private measure(): void {
    const { boxes } = this;
    if (boxes.length === 0) {
      this.overflows = false;
      return;
    }
    const row = boxes[0].offsetHeight + 4;
    this.overflows = !this.isRead && boxes[boxes.length - 1].offsetTop - boxes[0].offsetTop >= ROWS * row;
  }

  private reveal(index: number): void {
    const box = this.boxes[index];
    const { list } = this;
    if (!box || !list) return;
    const [top, bottom] = [box.offsetTop - 2, box.offsetTop + box.offsetHeight + 2];
    if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight) list.scrollTop = top;
  }

  private point(index: number, event: Event): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    measureHover(() => this.tip.show(box.left - 14, box.bottom - 8, tokenTip(this.data!, index)));
    if (!this.isRead) hoverToken(this, index);
  }

  private leave(): void {
    this.tip?.hide();
    hoverToken(this, null);
  }

  private onFocus(index: number, event: FocusEvent): void {
    this.focused = index;
    if ((event.currentTarget as HTMLElement).matches(':focus-visible')) this.point(index, event);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') return this.leave();
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return this.select(this.focused, event.shiftKey);
    }
    const places = [...this.boxes].map(({ offsetLeft: left, offsetTop: top }) => ({ left, top }));
    const next = step(places, this.focused, event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.boxes[next].focus({ preventScroll: true });
    this.reveal(next);
  }

  private select(index: number, asSource: boolean): void {
    if (this.isRead) return;
    const as = asSource ? 'source' : 'destination';
    this[as] = index;
    this.dispatchEvent(new CustomEvent('token-select', { detail: { index, as }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-token-strip': TokenStrip;
  }
}
