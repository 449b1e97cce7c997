import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { step } from '../head-grid/layout.ts';
import { exact, grouped, signed } from '../picture/numbers.ts';
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
import { found, ROLES, valueOf, type Role, type Trigram } from './rows.ts';
import { styles } from './styles.ts';
import { elided, tokenTag } from '../shared/token.ts';

export type { Trigram } from './rows.ts';

export interface TrigramTableData {
  name: string;
  rows: Trigram[];
  /** Said below the table. */
  hint: string;
}

const HEADINGS = ['source', 'destination', 'output', 'QK', 'OV', 'bug'];
/** So many rows are drawn at first, and so many more each time. */
const BATCH = 100;
/** A saved drawing holds no more rows; the CSV has all of them. */
const DRAWN = 400;

/** Skip-trigrams of a head. Picking a token fires `token-select` with its id and its role. */
@customElement('headlight-trigram-table')
export class TrigramTable extends LitElement {
  static styles = [sortStyles, stickyStyles, styles];

  @property({ attribute: false }) data?: TrigramTableData;
  private readonly kept = new KeptView(this);

  private get sorting(): Sorting | undefined {
    return this.kept.get<Sorting | undefined>('sorting', undefined);
  }

  private set sorting(sorting: Sorting | undefined) {
    this.kept.set('sorting', sorting);
  }

  private get wanted(): string {
    return this.kept.get('wanted', '');
  }

  private set wanted(wanted: string) {
    this.limit = BATCH;
    this.kept.set('wanted', wanted);
  }

  private get limit(): number {
    return this.kept.get('limit', BATCH);
  }

  private set limit(limit: number) {
    this.kept.set('limit', limit);
  }

  @state() private focused: [row: number, column: number] = [0, 0];
  @query('headlight-tip') private tip!: Tip;
  private rows: Trigram[] = [];
  private picture?: Picture;

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.tip?.hide();
  }

  willUpdate(changes: PropertyValues): void {
    const { data } = this;
    if (!['data', 'wanted', 'sorting'].some((key) => changes.has(key))) return;
    this.rows = sorted(found(data?.rows ?? [], this.wanted), this.sorting, valueOf);
    this.focused = [0, 0];
    this.picture = data && {
      name: data.name,
      table: () => ({
        header: ['source', 'source id', 'destination', 'destination id', 'output', 'output id', 'QK', 'OV', 'bug'],
        rows: this.rows.map((row) => [
          ...ROLES.flatMap((role) => [row[role].label, row[role].id]),
          row.qk,
          row.ov,
          row.bug ? 'bug' : '',
        ]),
      }),
      svg: () => this.svg(),
      scale: () => 1,
    };
  }

  updated(changes: PropertyValues): void {
    if (changes.has('data')) this.tip?.hide();
    if (changes.has('data') && this.data) measureDrawn('trigram-table');
  }

  render() {
    const { data, rows } = this;
    if (!data) return nothing;
    const press = (column: number) => (this.sorting = pressed(this.sorting, column, column > 2));
    return html`
      <header>
        <slot name="controls"></slot>
        <input type="search" placeholder="find a token" aria-label="Find a token in the table" spellcheck="false"
          autocomplete="off" .value=${this.wanted}
          @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)}>
        <span class="count" role="status">${this.counted(data)}</span>
        <headlight-picture-menu .picture=${rows.length ? this.picture : undefined}></headlight-picture-menu>
      </header>
      <div class="scroll" ?hidden=${rows.length === 0}>
        <table role="grid" aria-rowcount=${rows.length + 1}
          aria-label="Skip-trigrams: arrow keys move over the tokens, Enter selects one"
          @pointerleave=${() => this.tip.hide()} @focusout=${() => this.tip.hide()} @keydown=${this.onKey}>
          <thead><tr>${HEADINGS.map((heading, i) => sortHeading(heading, i, i === 3 || i === 4, this.sorting, press))}
          </tr></thead>
          <tbody>${rows.slice(0, this.limit).map((row, at) => this.row(row, at))}</tbody>
        </table>
        ${
          rows.length > this.limit
            ? html`<button class="more" @click=${() => (this.limit += BATCH)}>show ${Math.min(
                BATCH,
                rows.length - this.limit,
              )} more</button>`
            : nothing
        }
      </div>
      ${rows.length === 0 ? html`<p class="empty">${this.emptyText(data)}</p>` : nothing}
      ${data.hint ? html`<p class="hint">${data.hint}</p>` : nothing}
      <headlight-tip></headlight-tip>`;
  }

  private counted({ rows }: TrigramTableData): string {
    const bugs = this.rows.filter(({ bug }) => bug).length;
    const all = this.wanted ? ` of ${grouped(rows.length)}` : '';
    return `${grouped(this.rows.length)}${all} rows${bugs > 0 ? `, ${grouped(bugs)} of them bugs` : ''}`;
  }

  private emptyText({ rows }: TrigramTableData): string {
    return rows.length === 0 ? 'No skip-trigrams to show.' : `No row holds "${this.wanted}".`;
  }

  private row(row: Trigram, at: number) {
    const point = (event: PointerEvent) => this.tip.show(event.clientX, event.clientY, this.describe(row));
    return html`
      <tr @pointermove=${point}>
        ${ROLES.map((role, column) => this.token(row, role, at, column))}
        <td class="number">${signed(row.qk)}</td>
        <td class="number">${signed(row.ov)}</td>
        <td>${row.bug ? html`<span class="bug">bug</span>` : nothing}</td>
      </tr>`;
  }

  private token(row: Trigram, role: Role, at: number, column: number) {
    const { id, label } = row[role];
    const entry = at === this.focused[0] && column === this.focused[1];
    return html`<td><button class="token" data-cell="${at}-${column}" tabindex=${entry ? 0 : -1}
      aria-label="${role} ${label}"
      @click=${() => this.fire('token-select', { token: id, role })}
      @focus=${(event: FocusEvent) => this.onFocus(event, row, at, column)}>${tokenTag(label)}</button>${
        role === 'output' ? nothing : html`<span class="joint">${role === 'source' ? '…' : '→'}</span>`
      }</td>`;
  }

  private describe(row: Trigram) {
    const token = (role: Role) => html`<code><bdi>${row[role].label}</bdi></code>`;
    return html`<b>${token('source')} … ${token('destination')} → ${token('output')}</b>
      <dl>
        <dt>QK: attends with score</dt><dd>${exact(row.qk)}</dd>
        <dt>OV: raises the output by</dt><dd>${exact(row.ov)}</dd>
        <dt>ids</dt><dd>${ROLES.map((role) => row[role].id).join(', ')}</dd>
      </dl>
      ${
        row.bug
          ? html`<div class="muted">A bug of the factored form: the head cannot choose the output by source and
            destination together, so what it does for other pairs raises this one as well.</div>`
          : nothing
      }`;
  }

  private onFocus(event: FocusEvent, row: Trigram, at: number, column: number): void {
    this.focused = [at, column];
    const target = event.currentTarget as HTMLElement;
    if (!target.matches(':focus-visible')) return;
    const box = target.getBoundingClientRect();
    this.tip.show(box.right - 10, box.bottom - 6, this.describe(row));
  }

  private onKey(event: KeyboardEvent): void {
    const [row, column] = (event.target as HTMLElement).dataset.cell?.split('-').map(Number) ?? [-1];
    if (row < 0) return;
    if (event.key === 'Escape') return this.tip.hide();
    const next = step(Math.min(this.rows.length, this.limit), ROLES.length, row, column, event.key);
    if (!next) return;
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>(`[data-cell="${next[0]}-${next[1]}"]`)?.focus();
  }

  private fire(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private svg(): string {
    const columns = HEADINGS.map((heading, i) => ({ heading, isNumber: i === 3 || i === 4, mono: i < 3 }));
    const look = tableLook(this);
    const rows = this.rows
      .slice(0, DRAWN)
      .map((row) => [
        ...ROLES.map((role) => ({ text: elided(row[role].label) })),
        { text: signed(row.qk) },
        { text: signed(row.ov) },
        { text: row.bug ? 'bug' : '' },
      ]);
    return rowsSvg(columns, rows, look);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-trigram-table': TrigramTable;
  }
}
