import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { segmented, segmentedStyles } from '../segmented/segmented.ts';
import { exact, percent, signed } from '../picture/numbers.ts';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import type { Tip } from '../picture/tip.ts';
import '../picture/tip.ts';
import { hoverToken, onTokenHover } from '../picture/token-hover.ts';
import { KeptView } from '../shared/kept-view.ts';
import { measureDrawn, measureHover } from '../shared/timing.ts';
import { explained } from '../term/explained.ts';
import { tableLook } from '../sortable/table-look.ts';
import { themeColor } from '../theme/theme.ts';
import { barsSvg, type DrawnLine } from './bars-svg.ts';
import { agrees, byOrder, bySize, extent, type By, type Extent, type Path } from './bars.ts';
import { drawnBar, otherPaths, sourceLines } from './source-lines.ts';
import { styles } from './styles.ts';
import { exact4, groupName, pathsTable } from './words.ts';
import { placed, placedTag } from '../shared/token.ts';

export interface PathBarsData {
  name: string;
  title: string;
  unit: string;
  /** What it is split into. */
  by: By;
  paths: Path[];
  tokens: Array<{ label: string }>;
  /** What the paths come to, and what the model says. */
  sum: number;
  model: number;
}

type Sort = 'size' | 'order';

const BY_SIZE = { value: 'size', label: 'by size', title: 'The largest first, whatever its sign' } as const;
const SORTS: Record<By, Array<{ value: Sort; label: string; title: string }>> = {
  path: [BY_SIZE, { value: 'order', label: 'by order', title: 'By how many heads a path runs through' }],
  component: [BY_SIZE, { value: 'order', label: 'by layer', title: 'In the order of the layers' }],
};
const PATHS = 20;

/**
 * A logit as the sum of its paths. Opening a path shows its parts by source position.
 */
@customElement('headlight-path-bars')
export class PathBars extends LitElement {
  static styles = [segmentedStyles, styles];

  @property({ attribute: false }) data?: PathBarsData;
  private readonly kept = new KeptView(this);
  @state() private hovered = -1;
  @query('headlight-tip') private tip!: Tip;
  private extent: Extent = { low: 0, high: 0 };
  private picture?: Picture;
  private ending?: () => void;

  connectedCallback(): void {
    super.connectedCallback();
    this.ending = onTokenHover(this, (token) => measureHover(() => (this.hovered = token ?? -1)));
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ending?.();
    this.leave();
  }

  private get opened(): Set<string> {
    return new Set(this.kept.get<string[]>('opened', []));
  }

  private set opened(labels: Set<string>) {
    this.kept.set('opened', [...labels]);
  }

  get sort(): Sort {
    return this.kept.get<Sort>('sort', 'size');
  }

  set sort(sort: Sort) {
    this.kept.set('sort', sort);
  }

  private get all(): boolean {
    return this.kept.get('all', false);
  }

  private set all(all: boolean) {
    this.kept.set('all', all);
  }

  willUpdate(changes: PropertyValues): void {
    const { data } = this;
    if (changes.has('data')) {
      this.picture = data && {
        name: data.name,
        table: () => pathsTable(data),
        svg: () => this.svg(data),
      };
    }
    const parts = (data?.paths ?? []).filter(({ label }) => this.opened.has(label)).flatMap(({ bySource }) => bySource);
    this.extent = extent([...(data?.paths ?? []).map(({ value }) => value), ...parts]);
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data') && this.data) measureDrawn('path-bars');
  }

  render() {
    const { data } = this;
    if (!data) return nothing;
    const empty = data.paths.length === 0;
    return html`
      <header>
        <h3>${explained(data.title)}</h3>
        <slot name="controls"></slot>
        ${segmented<Sort>(`Sort the ${data.by}s`, SORTS[data.by], this.sort, (sort) => (this.sort = sort))}
        <headlight-picture-menu .picture=${empty ? undefined : this.picture}></headlight-picture-menu>
      </header>
      ${empty ? html`<p class="empty">Nothing is split yet: choose a destination and a token.</p>` : this.list(data)}
      <headlight-tip></headlight-tip>`;
  }

  private list(data: PathBarsData) {
    return html`
      <div class="list" @pointerleave=${this.leave} @focusout=${this.leave}>
        <div class="line head"><span class="name">${data.by}</span><span class="value">${data.unit}</span></div>
        ${this.sort === 'size' ? this.some(bySize(data.paths)) : this.groups(data.paths)}
        ${
          this.leftOut(data) > 0
            ? html`<button class="more" @click=${() => (this.all = true)}>show all ${data.paths.length} ${data.by}s</button>`
            : nothing
        }
      </div>
      <footer>
        sum of parts <b>${exact4(data.sum)}</b> / model <b>${exact4(data.model)}</b>
        ${
          agrees(data.sum, data.model)
            ? nothing
            : html`<span class="differs">· they differ by ${exact4(data.sum - data.model)}</span>`
        }
      </footer>`;
  }

  private leftOut({ paths }: PathBarsData): number {
    if (this.all) return 0;
    if (this.sort === 'size') return Math.max(0, paths.length - PATHS);
    return byOrder(paths).reduce((sum, group) => sum + Math.max(0, group.paths.length - PATHS), 0);
  }

  private groups(paths: Path[]) {
    return byOrder(paths).map(
      ({ order, paths: own, sum }) => html`
      <div class="line group"><span class="name">${groupName(this.data!.by, order, own.length)}</span>
        <span class="value">${signed(sum)}</span></div>
      ${this.some(own)}`,
    );
  }

  private some(paths: Path[]) {
    const shown = this.all ? paths : paths.slice(0, PATHS);
    const rest = paths.slice(shown.length);
    return html`${shown.map((path) => this.path(path))}${rest.length > 0 ? otherPaths(rest, this.data!.by, this.extent) : nothing}`;
  }

  private path(path: Path) {
    const open = this.opened.has(path.label);
    const show = (x: number, y: number) => this.tip.show(x, y, this.describe(path));
    return html`
      <button class="line path" aria-expanded=${open} data-path=${path.label} @click=${() => this.toggle(path)}
        @pointermove=${(event: PointerEvent) => show(event.clientX, event.clientY)}
        @pointerleave=${() => this.tip.hide()}
        @focus=${(event: FocusEvent) => {
          const target = event.currentTarget as HTMLElement;
          const box = target.getBoundingClientRect();
          if (target.matches(':focus-visible')) show(box.right - 60, box.bottom - 8);
        }}>
        <span class="name"><span class="sign" aria-hidden="true">${open ? '▾' : '▸'}</span>${path.label}</span>
        <span class="value">${signed(path.value)}</span>${drawnBar(path.value, this.extent)}
      </button>
      ${open ? this.parts(path) : nothing}`;
  }

  private parts({ bySource }: Path) {
    const { hovered, extent } = this;
    const point = (event: PointerEvent, at: number) => this.point(event, at, bySource[at]);
    return sourceLines(bySource, { hovered, extent, label: (at) => this.labelOf(at), point, leave: this.leave });
  }

  private labelOf(position: number): string {
    return this.data!.tokens[position]?.label ?? '';
  }

  private describe({ label, order, value }: Path) {
    const { sum, unit } = this.data!;
    return html`<b>${label}</b> <span class="muted">${groupName(this.data!.by, order)}</span>
      <dl><dt>${unit}</dt><dd>${exact(value)}</dd>
        ${sum === 0 ? nothing : html`<dt>of the sum</dt><dd>${percent(value / sum)}</dd>`}</dl>`;
  }

  private point(event: PointerEvent, source: number, value: number): void {
    measureHover(() =>
      this.tip.show(
        event.clientX,
        event.clientY,
        html`<b>${placedTag(this.labelOf(source), source)}</b>
          <dl><dt>${this.data!.unit}</dt><dd>${exact(value)}</dd></dl>`,
      ),
    );
    hoverToken(this, source);
    this.hovered = source;
  }

  private readonly leave = (): void => {
    this.tip?.hide();
    hoverToken(this, null);
    this.hovered = -1;
  };

  private toggle(path: Path): void {
    const opened = new Set(this.opened);
    if (!opened.delete(path.label)) opened.add(path.label);
    this.opened = opened;
  }

  private svg(data: PathBarsData): string {
    const theme = (variable: string) => themeColor(this, variable);
    const paths = this.sort === 'size' ? bySize(data.paths) : byOrder(data.paths).flatMap((group) => group.paths);
    const line = (label: string, value: number, part: boolean): DrawnLine => ({
      label,
      figure: signed(value),
      value,
      part,
    });
    const lines = paths.flatMap(({ label, value, bySource }) => [
      line(label, value, false),
      ...(this.opened.has(label) ? bySource : []).map((each, at) => line(placed(this.labelOf(at), at), each, true)),
    ]);
    const footer = `sum of parts ${exact4(data.sum)} / model ${exact4(data.model)}`;
    return barsSvg(`${data.title} (${data.unit})`, footer, lines, this.extent, {
      ...tableLook(this),
      negative: theme('--hl-negative'),
      positive: theme('--hl-positive'),
      border: theme('--hl-border'),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-path-bars': PathBars;
  }
}
