import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { brief, exact } from '../picture/numbers.ts';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import { stickyStyles } from '../picture/sticky.ts';
import type { Tip } from '../picture/tip.ts';
import '../picture/tip.ts';
import { figure } from '../ranked-tokens/bars.ts';
import { type FindingBadge, findingBadge, findingBadgeStyles, isForLink } from '../shared/finding-badge.ts';
import { headPage, headPageStyles } from '../shared/head-page.ts';
import { KeptView } from '../shared/kept-view.ts';
import { reach, Shades } from '../shared/shades.ts';
import { measureDrawn } from '../shared/timing.ts';
import { rowsSvg } from '../sortable/rows-svg.ts';
import { sortHeading, sortStyles } from '../sortable/sort-heading.ts';
import { pressed, sorted, type Sorting } from '../sortable/sorting.ts';
import { tableLook } from '../sortable/table-look.ts';
import { onThemeChange } from '../theme/theme.ts';

export interface HeadTableData {
  name: string;
  columns: Array<{ label: string; signed: boolean }>;
  rows: HeadRow[];
}

export interface HeadRow {
  head: string;
  /** One a column; NaN or null where a head has no such score. */
  values: Array<number | null>;
  badge?: string;
}

/** The measures of every head of a model: a row a head, a column a measure. Picking a row fires `head-select`. */
@customElement('headlight-head-table')
export class HeadTable extends LitElement {
  static styles = [
    sortStyles,
    stickyStyles,
    findingBadgeStyles,
    headPageStyles,
    css`
      :host {
        display: block; min-width: 0; container-type: inline-size; color: var(--hl-text);
        font: var(--hl-size-small) / 1.4 var(--hl-font);
      }
      header { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; min-height: 26px; }
      .legend {
        display: inline-flex; align-items: center; gap: 6px; color: var(--hl-muted);
        font-size: var(--hl-size-label);
      }
      .legend i { width: 56px; height: 8px; border: 1px solid var(--hl-border); }
      headlight-picture-menu { margin-left: auto; }
      .scroll {
        overflow: auto; max-height: var(--hl-head-table-height, 420px); scrollbar-width: thin;
        scrollbar-color: var(--hl-border) transparent;
      }
      table { width: 100%; border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
      thead th { position: sticky; top: 0; z-index: 1; vertical-align: bottom; }
      tbody tr { cursor: pointer; }
      tbody th {
        position: sticky; left: 0; padding: 0 6px; height: 24px; background: var(--hl-surface); color: var(--hl-text);
        white-space: nowrap;
      }
      tbody tr:hover th { background: var(--hl-surface-sunken); }
      tbody tr[aria-selected='true'] th { background: var(--hl-accent-soft); color: var(--hl-accent); font-weight: 600; }
      tbody tr:focus-visible { outline: none; }
      tbody tr:focus-visible th { outline: 2px solid var(--hl-accent); outline-offset: -2px; }
      td {
        padding: 0 12px 0 6px; text-align: right; border-right: 1px solid var(--hl-surface);
        border-bottom: 1px solid var(--hl-surface);
      }
      @container (max-width: 400px) {
        tbody th { padding: 0 3px; }
        td { padding: 0 6px 0 2px; }
      }
      .badge {
        margin-left: 6px; padding: 0 6px; border-radius: 6px; background: var(--hl-accent-soft);
        color: var(--hl-accent); font: 400 10px / 14px var(--hl-font);
      }
      .finding { display: inline-block; margin-left: 6px; vertical-align: 1px; }
      .empty { margin: 8px 0; color: var(--hl-muted); }
    `,
  ];

  @property({ attribute: false }) data?: HeadTableData;
  /** The head whose row is marked. */
  @property() selected = '';
  /** What people say of the heads. */
  @property({ attribute: false }) findings: FindingBadge[] = [];
  /** What stands before a head's name in the address of its page; empty: there are no such pages. */
  @property() pages = '';
  @state() private focused = '';
  private readonly kept = new KeptView(this);

  private get sorting(): Sorting | undefined {
    const sorting = this.kept.get<Sorting | undefined>('sorting', undefined);
    return sorting && sorting.column <= (this.data?.columns.length ?? 0) ? sorting : undefined;
  }

  private set sorting(sorting: Sorting | undefined) {
    this.kept.set('sorting', sorting);
  }
  @query('headlight-tip') private tip!: Tip;
  private picture?: Picture;
  private reaches: number[] = [];
  private ending?: () => void;

  connectedCallback(): void {
    super.connectedCallback();
    this.ending = onThemeChange(() => this.requestUpdate());
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ending?.();
    this.tip?.hide();
  }

  willUpdate(changes: PropertyValues): void {
    if (!changes.has('data')) return;
    const { data } = this;
    this.reaches = data?.columns.map((_, i) => reach(data.rows.map((row) => number(row.values[i])))) ?? [];
    this.picture = data && {
      name: data.name,
      table: () => ({
        header: ['head', ...data.columns.map(({ label }) => label), 'badge'],
        rows: this.ordered(data).map(({ head, values, badge }) => [
          head,
          ...data.columns.map((_, i) => number(values[i])),
          badge ?? '',
        ]),
      }),
      svg: () => this.svg(data),
    };
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data') && this.data) measureDrawn('head-table');
  }

  private ordered({ rows }: HeadTableData): HeadRow[] {
    return sorted(rows, this.sorting, ({ head, values }, column) => (column === 0 ? head : number(values[column - 1])));
  }

  render() {
    const { data } = this;
    if (!data) return nothing;
    if (data.rows.length === 0)
      return html`<p class="empty">This model has no attention heads, so there is nothing to score.</p>
        <headlight-tip></headlight-tip>`;
    const shades = Shades.at(this);
    const rows = this.ordered(data);
    const entry = rows.some(({ head }) => head === this.focused) ? this.focused : this.selected || rows[0].head;
    const press = (column: number) => (this.sorting = pressed(this.sorting, column, column > 0));
    return html`
      <header>
        <slot name="controls"></slot>
        ${this.legends(data).map(
          ({ low, high, signed }) => html`
          <span class="legend">${low}<i style="background:${shades.gradient(signed)}"></i>${high}</span>`,
        )}
        <headlight-picture-menu .picture=${this.picture}></headlight-picture-menu>
      </header>
      <div class="scroll">
        <table role="grid" aria-label="${data.name}: arrow keys move, Enter selects a head"
          @pointerleave=${() => this.tip.hide()} @focusout=${() => this.tip.hide()} @keydown=${this.onKey}>
          <thead><tr>
            ${sortHeading('head', 0, false, this.sorting, press)}
            ${data.columns.map(({ label }, i) => sortHeading(label, i + 1, true, this.sorting, press))}
          </tr></thead>
          <tbody>${rows.map((row) => this.row(row, data, shades, row.head === entry))}</tbody>
        </table>
      </div>
      <headlight-tip></headlight-tip>`;
  }

  private legends({ columns }: HeadTableData) {
    return [false, true]
      .filter((signed) => columns.some((column) => column.signed === signed))
      .map((signed) => {
        const most = this.reaches.filter((_, i) => columns[i].signed === signed);
        const same = most.every((each) => each === most[0]);
        const high = same ? brief(most[0]) : 'largest';
        return { low: signed ? (same ? `−${high}` : 'most negative') : '0', high: signed ? `+${high}` : high, signed };
      });
  }

  private row(row: HeadRow, { columns }: HeadTableData, shades: Shades, entry: boolean) {
    const point = (event: PointerEvent) => this.tip.show(event.clientX, event.clientY, this.describe(row));
    return html`
      <tr data-head=${row.head} tabindex=${entry ? 0 : -1} aria-selected=${row.head === this.selected}
        @click=${(event: MouseEvent) => isForLink(event) || this.select(row.head)} @pointermove=${point} @focus=${(e: FocusEvent) => this.onFocus(e, row)}>
        <th scope="row">${row.head}${headPage(this.pages, row.head, entry)}${row.badge ? html`<span class="badge">${row.badge}</span>` : nothing}${findingBadge(
          this.findings.find(({ head }) => head === row.head),
          true,
          entry,
        )}</th>
        ${columns.map(({ signed }, i) => {
          const value = number(row.values[i]);
          const { background, colour } = shades.of(value, signed, this.reaches[i]);
          return html`<td style="background:${background};color:${colour}">${
            Number.isNaN(value) ? '–' : figure(value, signed)
          }</td>`;
        })}
      </tr>`;
  }

  private describe({ head, values, badge }: HeadRow) {
    return html`<b>${head}</b> ${badge ? html`<span class="muted">${badge}</span>` : nothing}
      <dl>${this.data!.columns.map(
        ({ label }, i) => html`<dt>${label}</dt><dd>${
          Number.isNaN(number(values[i])) ? 'none' : exact(number(values[i]))
        }</dd>`,
      )}</dl>`;
  }

  private onFocus(event: FocusEvent, row: HeadRow): void {
    this.focused = row.head;
    const target = event.currentTarget as HTMLElement;
    if (!target.matches(':focus-visible')) return;
    const box = target.querySelector('th')!.getBoundingClientRect();
    this.tip.show(box.right - 20, box.bottom - 8, this.describe(row));
  }

  private onKey(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('tbody tr');
    if (!row || isForLink(event)) return;
    if (event.key === 'Escape') return this.tip.hide();
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return this.select(row.dataset.head!);
    }
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('tbody tr')];
    const at = all.indexOf(row);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, next))].focus();
  }

  private select(head: string): void {
    this.selected = this.focused = head;
    this.dispatchEvent(new CustomEvent('head-select', { detail: { head }, bubbles: true, composed: true }));
  }

  private svg(data: HeadTableData): string {
    const shades = Shades.at(this);
    const plain = { isNumber: true, mono: false };
    const columns = [{ heading: 'head', isNumber: false, mono: false }].concat(
      data.columns.map(({ label }) => ({ heading: label, ...plain })),
    );
    const rows = this.ordered(data).map(({ head, values, badge }) => [
      { text: badge ? `${head} · ${badge}` : head },
      ...data.columns.map(({ signed }, i) => {
        const value = number(values[i]);
        const text = Number.isNaN(value) ? '–' : figure(value, signed);
        return { text, ...shades.of(value, signed, this.reaches[i]) };
      }),
    ]);
    return rowsSvg(columns, rows, tableLook(this));
  }
}

/** What is not there arrives as null or, of a NaN, as the word. */
function number(value: number | null | undefined): number {
  return Number(value ?? Number.NaN);
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-head-table': HeadTable;
  }
}
