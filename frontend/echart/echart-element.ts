import { css, html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Picture, Table } from '../picture/picture-menu.ts';
import '../one-stop/one-stop.ts';
import '../picture/picture-menu.ts';
import { withoutControls } from '../picture/svg.ts';
import type { Tip } from '../picture/tip.ts';
import '../picture/tip.ts';
import { hoverToken, onTokenHover } from '../picture/token-hover.ts';
import { parseColour, type Rgb } from '../shared/colour.ts';
import { spoken } from '../shared/spoken.ts';
import { measureDrawn, measureHover } from '../shared/timing.ts';
import { explained } from '../term/explained.ts';
import { onThemeChange, themeColor } from '../theme/theme.ts';
import { init, type ECharts, type EChartsOption, type Mark } from './echarts.ts';

export interface Size {
  width: number;
  height: number;
}

const KEYS = 'arrow keys read the values';
/** A press that moves further than this many pixels drags and does not pick. */
const STILL = 4;

/**
 * A chart with its heading, its picture menu and its tooltip. What can be pointed at in it is numbered; a chart says
 * which number lies under a point, how to describe and to mark it, and what picking it means.
 */
export abstract class EChartElement<D extends { name: string }> extends LitElement {
  static styles: CSSResultGroup = [
    spoken,
    css`
    :host {
      display: block; position: relative; min-width: 0; color: var(--hl-text);
      font: var(--hl-size-small) / 1.4 var(--hl-font);
    }
    header { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; min-height: 26px; }
    h3 { flex: 1 1 110px; margin: 0; font: 600 var(--hl-size-small) / 1.4 var(--hl-font); color: var(--hl-muted); }
    .plot {
      flex: 1 1 var(--hl-chart-height, 220px); width: 100%; height: var(--hl-chart-height, 220px); min-height: 0;
      overflow: hidden; border-radius: 4px;
    }
    .plot:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
    .empty { margin: 8px 0; color: var(--hl-muted); }
    .caption { margin: 2px 0 0; font-size: var(--hl-size-label); color: var(--hl-muted); }
    headlight-picture-menu { margin-left: auto; }
    [hidden] { display: none; }
  `,
  ];

  @property({ attribute: false }) data?: D;
  @query('.plot') protected plot!: HTMLElement;
  @query('headlight-tip') private tip!: Tip;
  @state() private spoken?: TemplateResult;

  protected readonly renderer: 'svg' | 'canvas' = 'svg';
  protected chart?: ECharts;
  /** The number of what is pointed at; -1 when nothing is. */
  protected hovered = -1;
  private picture?: Picture;
  private marks: Mark[] = [];
  /** It was to be drawn while it was hidden. */
  private stale = false;
  private pressed: [number, number] = [0, 0];
  private readonly resizing = new ResizeObserver(() => this.resized());
  private endings: Array<() => void> = [];

  protected abstract heading(data: D): string;
  protected abstract option(data: D, size: Size): EChartsOption;
  protected abstract table(data: D): Table;
  /** How many things can be pointed at. */
  protected abstract count(data: D): number;
  /** What lies under a point of the plot, -1 for nothing. */
  protected abstract at(x: number, y: number): number;
  /** Where its tooltip points to when the keyboard chose it. */
  protected abstract anchor(index: number): [number, number];
  protected abstract describe(index: number): TemplateResult;
  protected abstract mark(index: number): Mark[];

  /** What to say instead of an empty picture. */
  protected emptyText(data: D): string {
    return this.count(data) === 0 ? 'Nothing to show yet.' : '';
  }

  protected caption(_data: D): string {
    return '';
  }

  protected canPick(): boolean {
    return false;
  }

  protected pick(_index: number): void {}

  /** The token of the sentence that an index stands for; null where the two have nothing to do with each other. */
  protected tokenOf(_index: number): number | null {
    return null;
  }

  protected markToken(_token: number): Mark[] {
    return [];
  }

  /** Where a key leads from an index; undefined when the chart has no use for the key. */
  protected step(index: number, key: string): number | undefined {
    const last = this.count(this.data!) - 1;
    const next = {
      ArrowRight: index + 1,
      ArrowDown: index + 1,
      ArrowLeft: index - 1,
      ArrowUp: index - 1,
      Home: 0,
      End: last,
    }[key];
    return next === undefined ? undefined : Math.max(0, Math.min(last, next));
  }

  connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
    this.endings = [
      onThemeChange(() => this.draw()),
      onTokenHover(this, (token) => measureHover(() => this.setMarks(token === null ? [] : this.markToken(token)))),
    ];
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.endings.forEach((end) => end());
    this.point(-1, 0, 0);
    this.dispose();
  }

  render() {
    const { data } = this;
    const empty = data ? this.emptyText(data) : '';
    const heading = data ? this.heading(data) : '';
    const caption = data && !empty ? this.caption(data) : '';
    return html`
      <header data-one-stop role="group" aria-label="${heading || data?.name || 'chart'}: controls">
        ${heading ? html`<h3>${explained(heading)}</h3>` : nothing}
        <slot name="controls"></slot>
        <headlight-picture-menu .picture=${empty ? undefined : this.picture}></headlight-picture-menu>
      </header>
      <div class="plot" ?hidden=${!!empty} tabindex="0" role="application" aria-roledescription="chart"
        aria-label="${heading || data?.name || 'chart'}: ${KEYS}${this.canPick() ? ', Enter selects' : ''}"
        @pointerdown=${this.onPress} @pointermove=${this.onMove} @pointerleave=${this.onLeave} @click=${this.onClick}
        @keydown=${this.onKey} @blur=${this.onLeave}></div>
      ${empty ? html`<p class="empty">${empty}</p>` : nothing}
      ${caption ? html`<p class="caption">${explained(caption)}</p>` : nothing}
      <div class="spoken" aria-live="polite">${this.spoken}</div>
      <headlight-tip></headlight-tip>`;
  }

  willUpdate(changes: PropertyValues): void {
    if (!changes.has('data')) return;
    const { data } = this;
    this.picture = data && {
      name: data.name,
      table: () => this.table(data),
      svg: () => this.savedSvg(data),
    };
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data')) this.point(-1, 0, 0);
    if ([...changes.keys()].every((key) => key === 'spoken')) return;
    this.draw();
    // What stands beside it may have changed its size for this moment alone, which no observer sees.
    requestAnimationFrame(() => this.resized());
    if (changes.has('data') && this.data) measureDrawn(this.localName.replace('headlight-', ''));
  }

  private resized(): void {
    const { chart, plot } = this;
    const same = chart?.getWidth() === plot?.clientWidth && chart?.getHeight() === plot?.clientHeight;
    if (plot && (!same || this.stale)) this.draw();
  }

  /** Draws everything anew. */
  protected draw(): void {
    const { data, plot } = this;
    if (!plot || !data || this.emptyText(data)) return this.dispose();
    const size = { width: plot.clientWidth, height: plot.clientHeight };
    this.stale = size.width === 0 || size.height === 0;
    if (this.stale) return;
    if (!this.chart) {
      this.chart = init(plot, null, { renderer: this.renderer, ...size });
      this.wire(this.chart);
    } else if (this.chart.getWidth() !== size.width || this.chart.getHeight() !== size.height) {
      this.chart.resize(size);
    }
    // Without it what was drawn before would lie below what is new, whatever their order is now.
    this.chart.clear();
    this.chart.setOption(this.whole(data, size), { notMerge: true });
    this.setMarks(this.hovered < 0 ? [] : this.mark(this.hovered));
  }

  /** Called once for each new chart. */
  protected wire(_chart: ECharts): void {}

  /** Puts marks over the chart, in place of those that were there. */
  protected setMarks(marks: Mark[]): void {
    const zr = this.chart?.getZr();
    this.marks.forEach((mark) => zr?.remove(mark));
    this.marks = zr ? marks : [];
    this.marks.forEach((mark) => zr?.add(mark));
  }

  /** A variable of the theme. Names of fonts get single quotes, since ECharts puts them into attributes as they are. */
  protected theme(variable: string): string {
    return themeColor(this, variable).replaceAll('"', "'");
  }

  protected rgb(variable: string): Rgb {
    return parseColour(this.theme(variable));
  }

  protected fire(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private whole(data: D, size: Size): EChartsOption {
    const textStyle = { fontFamily: this.theme('--hl-font'), fontSize: 11, color: this.theme('--hl-muted') };
    return { animation: false, textStyle, ...this.option(data, size) };
  }

  /** The chart as it stands, drawn once more as SVG whatever it is drawn with on the page. */
  private savedSvg(data: D): string {
    const size = { width: this.plot.clientWidth || 600, height: this.plot.clientHeight || 300 };
    const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
    chart.setOption({ ...this.whole(data, size), backgroundColor: this.theme('--hl-surface') });
    const svg = withoutControls(chart.renderToSVGString());
    chart.dispose();
    return svg;
  }

  private dispose(): void {
    this.chart?.dispose();
    this.chart = undefined;
    this.marks = [];
  }

  protected inPlot(event: MouseEvent): [number, number] {
    const box = this.plot.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  private onPress(event: PointerEvent): void {
    this.pressed = [event.clientX, event.clientY];
    this.spoken = undefined;
  }

  private onMove(event: PointerEvent): void {
    if (this.chart && event.buttons === 0) this.point(this.at(...this.inPlot(event)), event.clientX, event.clientY);
  }

  private onLeave(): void {
    this.point(-1, 0, 0);
  }

  private onClick(event: MouseEvent): void {
    const moved = Math.hypot(event.clientX - this.pressed[0], event.clientY - this.pressed[1]);
    const index = this.chart && moved <= STILL ? this.at(...this.inPlot(event)) : -1;
    if (index >= 0) this.pick(index);
  }

  protected onKey(event: KeyboardEvent): void {
    if (!this.chart || !this.data) return;
    if ((event.key === 'Enter' || event.key === ' ') && this.hovered >= 0) {
      event.preventDefault();
      this.pick(this.hovered);
      return;
    }
    if (event.key === 'Escape') return this.onLeave();
    const next = this.step(this.hovered, event.key);
    if (next === undefined) return;
    event.preventDefault();
    const box = this.plot.getBoundingClientRect();
    const [x, y] = this.anchor(next);
    this.point(next, box.left + x, box.top + y);
    this.spoken = this.describe(next);
  }

  private point(index: number, clientX: number, clientY: number): void {
    hoverToken(this, index < 0 ? null : this.tokenOf(index));
    if (index !== this.hovered) {
      this.hovered = index;
      measureHover(() => this.setMarks(index < 0 ? [] : this.mark(index)));
      this.plot.style.cursor = index >= 0 && this.canPick() ? 'pointer' : '';
    }
    if (index < 0) this.tip?.hide();
    else this.tip.show(clientX, clientY, this.describe(index));
  }
}
