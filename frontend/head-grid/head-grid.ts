import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { stickyStyles } from '../picture/sticky.ts';
import { segmented, segmentedStyles } from '../segmented/segmented.ts';
import { palette } from '../heatmap/paint.ts';
import '../one-stop/one-stop.ts';
import '../picture/picture-menu.ts';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/tip.ts';
import type { Tip } from '../picture/tip.ts';
import { bytes } from '../shared/arrays.ts';
import { parseColour } from '../shared/colour.ts';
import { type FindingBadge, findingBadge, findingBadgeStyles, isForLink } from '../shared/finding-badge.ts';
import { headPage, headPageStyles } from '../shared/head-page.ts';
import { measureDrawn, measureHover } from '../shared/timing.ts';
import '../term/term.ts';
import { onThemeChange, themeColor } from '../theme/theme.ts';
import { gridLayout, intoView, nameOf, step, thumbnail } from './layout.ts';
import { gridSvg, gridTable, type Thumbnails } from './picture.ts';
import { styles } from './styles.ts';

export interface HeadBadge {
  layer: number;
  head: number;
  label: string;
  title: string;
  strong: boolean;
}

export interface HeadGridData {
  layers: number;
  heads: number;
  /** Each thumbnail is edge × edge, the pattern pooled by its maximum; rows are destinations. */
  edge: number;
  /** Base64 of uint8, layers · heads · edge · edge: 0..255 of the largest weight, 1. */
  pattern: string;
  /** The same, value-weighted; empty where that is not known. */
  effect: string;
  badges: HeadBadge[];
  /** Whether the thumbnails are changes that edits make; 128 is none. */
  change?: boolean;
  /** Whether destinations look at what comes later too. */
  whole?: boolean;
}

type Show = 'pattern' | 'effect';

const SHOWS: Array<{ value: Show; label: string; title: string }> = [
  { value: 'pattern', label: 'pattern', title: 'Where each head looks' },
  { value: 'effect', label: 'effect', title: 'Where each head looks, times the size of what it moves' },
];

/** A thumbnail of every head's attention, layer by row. */
@customElement('headlight-head-grid')
export class HeadGrid extends LitElement {
  static styles = [segmentedStyles, findingBadgeStyles, headPageStyles, stickyStyles, styles];

  @property({ attribute: false }) data?: HeadGridData;
  @property({ attribute: false }) selected: string[] = [];
  /** What people say of the heads. */
  @property({ attribute: false }) findings: FindingBadge[] = [];
  /** What stands before a head's name in the address of its page; empty: there are no such pages. */
  @property() pages = '';
  /** The heads that write nothing in the run, and the others of which something is edited. */
  @property({ attribute: false }) off: string[] = [];
  @property({ attribute: false }) edited: string[] = [];
  @property() show: Show = 'pattern';
  /** Whether no head can be turned off, since its model is not here. */
  @property({ type: Boolean }) fixed = false;

  @state() private width = 240;
  @state() private focused: [number, number] = [0, 0];
  @query('headlight-tip') private tip!: Tip;
  private thumbnails?: Thumbnails;
  private picture?: Picture;
  private ending?: () => void;
  private readonly resizing = new ResizeObserver(([entry]) => (this.width = Math.floor(entry.contentRect.width)));

  connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
    this.ending = onThemeChange(() => this.paint());
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.tip?.hide();
    this.resizing.disconnect();
    this.ending?.();
  }

  willUpdate(changed: PropertyValues): void {
    const { data } = this;
    if (changed.has('data') || changed.has('show')) {
      this.thumbnails = data && data.layers > 0 ? { ...data, values: bytes(data[this.show]) } : undefined;
      this.picture = this.thumbnails && this.toPicture(this.thumbnails);
    }
    if (!data || !(changed.has('data') || changed.has('selected'))) return;
    const [, layer, head] = /^L(\d+)H(\d+)$/.exec(this.selected[0] ?? '') ?? [];
    const wanted = layer === undefined ? this.focused : [Number(layer), Number(head)];
    this.focused = [
      Math.max(0, Math.min(wanted[0], data.layers - 1)),
      Math.max(0, Math.min(wanted[1], data.heads - 1)),
    ];
  }

  private toPicture(thumbnails: Thumbnails): Picture {
    const colour = (name: string) => themeColor(this, `--hl-${name}`);
    const svg = () =>
      gridSvg(
        thumbnails,
        this.canvases.map((canvas) => canvas.toDataURL()),
        { surface: colour('surface'), text: colour('muted'), border: colour('border'), font: colour('font') },
      );
    return { name: `heads ${this.show}`, table: () => gridTable(thumbnails), svg };
  }

  render() {
    const { data } = this;
    return html`
      <header data-one-stop role="group" aria-label="Heads: controls">
        <h3><headlight-term name="attention head">Heads</headlight-term></h3>
        ${
          data && data.layers > 0
            ? html`
          ${data.effect ? segmented<Show>('Thumbnails show', SHOWS, this.show, (show) => this.changeShow(show)) : nothing}
          ${/^L\d+H\d+$/.test(this.selected[0] ?? '') ? headPage(this.pages, this.selected[0], true) : nothing}
          <headlight-picture-menu .picture=${this.picture}></headlight-picture-menu>`
            : nothing
        }
      </header>
      ${
        data
          ? data.layers > 0
            ? this.renderGrid(data)
            : html`
        <p>This model has no attention heads: its logits come straight from the embedding (the bigram path).</p>`
          : nothing
      }
      <headlight-tip></headlight-tip>`;
  }

  private renderGrid(data: HeadGridData) {
    const { size, text } = gridLayout(this.width, data.heads, data.layers);
    const range = (count: number) => Array.from({ length: count }, (_, i) => i);
    return html`
      <div class="grid" role="grid" aria-multiselectable="true" aria-label="Heads, layer by row${this.fixed ? '' : '; x turns one off'}"
        style="--size:${size}px"
        @keydown=${this.onKey} @focusout=${this.leave} @pointerleave=${this.leave}>
        ${range(data.layers).map(
          (layer) => html`
          <div class="layer ${size < 24 ? 'tight' : ''}" role="row">
            <span class="label" role="rowheader">L${layer}</span>
            ${range(data.heads).map((head) => this.renderHead(data, layer, head, text))}
          </div>`,
        )}
      </div>`;
  }

  private renderHead({ edge, badges }: HeadGridData, layer: number, head: number, text: boolean) {
    const name = nameOf(layer, head);
    const place = this.selected.indexOf(name);
    const own = badges
      .filter((badge) => badge.layer === layer && badge.head === head)
      .sort((a, b) => Number(b.strong) - Number(a.strong));
    const finding = this.findings.find((each) => each.head === name);
    const isFocused = this.focused[0] === layer && this.focused[1] === head;
    const edited = this.off.includes(name) ? 'off' : this.edited.includes(name) ? 'edited' : '';
    return html`
      <div class="head ${edited}" role="gridcell" data-head=${name} tabindex=${isFocused ? 0 : -1} aria-selected=${place >= 0}
        style=${place >= 0 ? `--frame:var(--hl-series-${(place % 8) + 1})` : ''}
        @click=${(event: MouseEvent) => isForLink(event) || this.select(layer, head, event.ctrlKey || event.metaKey)}
        @pointerenter=${(event: PointerEvent) => this.point(name, own, event)}
        @focus=${(event: FocusEvent) => this.onFocus(layer, head, name, own, event)}>
        <span class="spoken">${[name, ...(edited ? [edited] : []), ...(text ? own.slice(2) : own).map((badge) => badge.label)].join(', ')} </span>
        <canvas width=${edge} height=${edge}></canvas>
        ${
          text
            ? own
                .slice(0, 2)
                .map(({ label, strong }) => html`<span class="badge ${strong ? 'strong' : ''}">${label}</span>`)
            : own.length
              ? html`<span class="dot ${own[0].strong ? 'strong' : ''}"></span>`
              : nothing
        }
        ${findingBadge(finding, text, isFocused)}
      </div>`;
  }

  updated(changed: PropertyValues): void {
    if (changed.has('data')) this.tip.hide();
    if (changed.has('data') || changed.has('selected') || changed.has('width')) this.reveal();
    if (!changed.has('data') && !changed.has('show')) return;
    this.paint();
    if (changed.has('data') && this.data) measureDrawn('head-grid');
  }

  /** Scrolls the grid alone, and only as far as the selected head needs to be seen. */
  private reveal(): void {
    const grid = this.renderRoot.querySelector('.grid');
    const head = grid?.querySelector(`[data-head=${this.selected[0] ?? 'none'}]`);
    if (!grid || !head) return;
    const window = grid.getBoundingClientRect();
    const { top, bottom, left, right } = head.getBoundingClientRect();
    const names = grid.querySelector('.label')!.getBoundingClientRect().width; // they stay where they are
    grid.scrollTop += intoView(top - window.top, bottom - window.top, 0, grid.clientHeight);
    grid.scrollLeft += intoView(left - window.left, right - window.left, names, grid.clientWidth);
  }

  private get canvases(): HTMLCanvasElement[] {
    return [...this.renderRoot.querySelectorAll('canvas')];
  }

  private paint(): void {
    const { thumbnails } = this;
    if (!thumbnails) return;
    const names = this.data?.change ? ['negative', 'zero', 'positive'] : ['magnitude-low', 'magnitude-high'];
    const stops = names.map((name) => parseColour(themeColor(this, `--hl-${name}`)));
    const colours = palette({ min: 0, max: 1, stops });
    const { edge, values, whole } = thumbnails;
    this.canvases.forEach((canvas, i) => {
      if (values.length === 0) return canvas.getContext('2d')!.clearRect(0, 0, edge, edge);
      const pixels = thumbnail(values, i * edge * edge, edge, colours, whole);
      canvas.getContext('2d')!.putImageData(new ImageData(pixels, edge), 0, 0);
    });
  }

  private point(name: string, badges: HeadBadge[], event: Event): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    measureHover(() =>
      this.tip.show(
        box.left - 8,
        box.bottom - 8,
        html`
      <b>${name}</b>${badges.map(
        ({ label, title }) => html`
          <div><b>${label}</b> <span class="muted">${title}</span></div>`,
      )}${this.findings
        .filter(({ head }) => head === name)
        .map(({ title }) => html`<div class="muted">${title}</div>`)}`,
      ),
    );
  }

  private leave(): void {
    this.tip?.hide();
  }

  private onFocus(layer: number, head: number, name: string, badges: HeadBadge[], event: FocusEvent): void {
    this.focused = [layer, head];
    if ((event.currentTarget as HTMLElement).matches(':focus-visible')) this.point(name, badges, event);
  }

  private onKey(event: KeyboardEvent): void {
    if (isForLink(event)) return;
    const [layer, head] = this.focused;
    const additive = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') return this.leave();
    if (event.key === 'x' && !this.fixed && !additive && !event.altKey) return this.fire('head-off', { layer, head });
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return this.select(layer, head, additive);
    }
    const next = step(this.data!.layers, this.data!.heads, layer, head, event.key);
    if (!next) return;
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>(`[data-head=${nameOf(...next)}]`)?.focus();
    if (!additive && (next[0] !== layer || next[1] !== head)) this.select(...next, false);
  }

  /** What a menu that opens here is about: the head under the pointer. */
  getContextMenuBeforeOpenDetail(event: { detail?: { sourceEvent?: { __composedPath?: EventTarget[] } } }): object {
    const path = event.detail?.sourceEvent?.__composedPath ?? [];
    const head = path.map((each) => (each instanceof HTMLElement ? each.dataset.head : undefined)).find(Boolean);
    return head ? { head } : {};
  }

  private select(layer: number, head: number, additive: boolean): void {
    // Which heads may stand together is for the page to say; a single one can be framed at once.
    if (!additive) this.selected = [nameOf(layer, head)];
    this.fire('head-select', { layer, head, additive });
  }

  private changeShow(show: Show): void {
    this.show = show;
    this.fire('show-change', { show });
  }

  private fire(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-head-grid': HeadGrid;
  }
}
