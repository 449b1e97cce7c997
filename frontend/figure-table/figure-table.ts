import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Picture } from '../picture/picture-menu.ts';
import '../picture/picture-menu.ts';
import { stickyStyles } from '../picture/sticky.ts';
import type { Tip } from '../picture/tip.ts';
import '../picture/tip.ts';
import { KeptView } from '../shared/kept-view.ts';
import { measureDrawn } from '../shared/timing.ts';
import { rowsSvg } from '../sortable/rows-svg.ts';
import { sortHeading, sortStyles } from '../sortable/sort-heading.ts';
import { pressed, sorted, type Sorting } from '../sortable/sorting.ts';
import { tableLook } from '../sortable/table-look.ts';
import { type Cell, inFull, isFigure, type Kind, valueOf, written } from './cells.ts';
import { elided, tokenTag } from '../shared/token.ts';

export interface FigureTableData {
  name: string;
  columns: Array<{ label: string; kind: Kind; title: string }>;
  rows: Row[];
  hint: string;
  empty: string;
}

/** A cell may hold a list of tokens. */
const LONGEST = 240;

interface Row {
  id: string;
  cells: Cell[];
  note?: string;
}

/** Figures, a row each. Picking a row fires `row-select` with its id. */
@customElement('headlight-figure-table')
export class FigureTable extends LitElement {
  static styles = [
    sortStyles,
    stickyStyles,
    css`
      :host {
        display: block; min-width: 0; container-type: inline-size; color: var(--hl-text);
        font: var(--hl-size-small) / 1.4 var(--hl-font);
      }
      header { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; min-height: 26px; }
      headlight-picture-menu { margin-left: auto; }
      .scroll {
        overflow: auto; max-height: var(--hl-figure-table-height, 420px); scrollbar-width: thin;
        scrollbar-color: var(--hl-border) transparent;
      }
      table { width: 100%; border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
      thead th { position: sticky; top: 0; z-index: 1; vertical-align: bottom; }
      th button { white-space: nowrap; }
      tbody tr { cursor: pointer; }
      tbody tr:hover td { background: var(--hl-surface-sunken); }
      tbody tr[aria-selected='true'] td { background: var(--hl-accent-soft); }
      tbody tr:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -2px; }
      td { padding: 2px 12px 2px 6px; vertical-align: top; }
      td.number { text-align: right; white-space: nowrap; }
      td.tokens { font: 12px/1.5 var(--hl-mono); white-space: pre-wrap; overflow-wrap: anywhere; }
      .hint, .empty { margin: 4px 6px; color: var(--hl-muted); }
      .hint { font-size: var(--hl-size-label); }
      @container (max-width: 400px) { td { padding: 2px 6px 2px 2px; } }
    `,
  ];

  @property({ attribute: false }) data?: FigureTableData;
  /** The id of the row that is marked. */
  @property() selected = '';
  private readonly kept = new KeptView(this);

  private get sorting(): Sorting | undefined {
    const sorting = this.kept.get<Sorting | undefined>('sorting', undefined);
    return sorting && sorting.column < (this.data?.columns.length ?? 0) ? sorting : undefined;
  }

  private set sorting(sorting: Sorting | undefined) {
    this.kept.set('sorting', sorting);
  }
  @query('headlight-tip') private tip!: Tip;
  private rows: Row[] = [];
  private picture?: Picture;

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.tip?.hide();
  }

  willUpdate(changes: PropertyValues): void {
    const { data } = this;
    if (!changes.has('data') && !changes.has('sorting')) return;
    this.rows = sorted(data?.rows ?? [], this.sorting, ({ cells }, at) => valueOf(cells[at], data!.columns[at].kind));
    this.picture = data && {
      name: data.name,
      table: () => ({
        header: data.columns.map(({ label }) => label),
        rows: this.rows.map(({ cells }) => data.columns.map(({ kind }, i) => valueOf(cells[i], kind))),
      }),
      svg: () => this.svg(data),
    };
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data') && this.data) measureDrawn('figure-table');
  }

  render() {
    const { data, rows } = this;
    if (!data) return nothing;
    const press = (column: number) => (this.sorting = pressed(this.sorting, column, isFigure(data.columns[column].kind)));
    return html`
      <header>
        <slot name="controls"></slot>
        <headlight-picture-menu .picture=${rows.length ? this.picture : undefined}></headlight-picture-menu>
      </header>
      <div class="scroll" ?hidden=${rows.length === 0}>
        <table role="grid" aria-label=${data.name} @pointerleave=${() => this.tip.hide()} @keydown=${this.onKey}>
          <thead><tr>${data.columns.map(({ label, kind }, i) =>
            sortHeading(label, i, isFigure(kind), this.sorting, press),
          )}</tr></thead>
          <tbody>${rows.map((row, at) => this.row(row, at, data))}</tbody>
        </table>
      </div>
      ${rows.length === 0 ? html`<p class="empty">${data.empty}</p>` : nothing}
      ${data.hint ? html`<p class="hint">${data.hint}</p>` : nothing}
      <headlight-tip></headlight-tip>`;
  }

  private row(row: Row, at: number, { columns }: FigureTableData) {
    const point = (event: PointerEvent) => this.tip.show(event.clientX, event.clientY, this.describe(row));
    return html`
      <tr tabindex=${at === 0 ? 0 : -1} aria-selected=${row.id !== '' && row.id === this.selected}
        @click=${() => this.select(row)} @pointermove=${point}>
        ${columns.map(({ kind }, i) => {
          const look = isFigure(kind) ? 'number' : kind === 'TOKENS' ? 'tokens' : '';
          const text = written(row.cells[i], kind);
          return html`<td class=${look}>${kind === 'TOKENS' ? tokenTag(text, LONGEST) : text}</td>`;
        })}
      </tr>`;
  }

  private describe({ cells, note }: Row) {
    const { columns } = this.data!;
    return html`<dl>${columns.map(
      ({ label, title, kind }, i) => html`<dt>${title || label}</dt><dd>${
        kind === 'TOKENS' ? html`<code><bdi>${inFull(cells[i], kind)}</bdi></code>` : inFull(cells[i], kind)
      }</dd>`,
    )}</dl>${note ? html`<div class="muted">${note}</div>` : nothing}`;
  }

  private onKey(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('tbody tr');
    if (!row) return;
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('tbody tr')];
    const at = all.indexOf(row);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return this.select(this.rows[at]);
    }
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, next))].focus();
  }

  private select({ id }: Row): void {
    this.dispatchEvent(new CustomEvent('row-select', { detail: { id }, bubbles: true, composed: true }));
  }

  private svg({ columns }: FigureTableData): string {
    return rowsSvg(
      columns.map(({ label, kind }) => ({ heading: label, isNumber: isFigure(kind), mono: kind === 'TOKENS' })),
      this.rows.map(({ cells }) => columns.map(({ kind }, i) => ({ text: elided(written(cells[i], kind), LONGEST) }))),
      tableLook(this),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-figure-table': FigureTable;
  }
}
