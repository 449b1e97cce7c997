import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { copied } from '../shared/copying.ts';
import { csv, type Table } from '../shared/csv.ts';
import { save } from '../shared/save.ts';
import { tokenTag } from '../shared/token.ts';
import { themeColor } from '../theme/theme.ts';
import { exact, grouped } from './numbers.ts';
import { pythonOf } from './python.ts';
import { smallPrint, withSmallPrint } from './small-print.ts';
import { rasterise } from './svg.ts';

export type { Table } from '../shared/csv.ts';

export interface Picture {
  /** The stem of the files' names, e.g. "storybook-2l L1H2 pattern". */
  name: string;
  table(): Table;
  svg(): string;
  /** What the picture leaves out, such as "below 0.05 is not drawn". */
  note?(): string;
  /** Pixels of a PNG for each of the picture's; 2 where it is not given. */
  scale?(): number;
  /** What else can be saved of it. */
  files?: Array<{ ending: string; type: string; text(): string }>;
}

const ROWS_DRAWN = 5000;
/** Milliseconds for which the menu says that it has copied. */
const SAID = 1500;

/** The button at a picture's corner that opens its numbers as a table and saves it as a file. */
@customElement('headlight-picture-menu')
export class PictureMenu extends LitElement {
  static styles = css`
    :host { display: inline-block; font: var(--hl-size-small) / 1.4 var(--hl-font); color: var(--hl-text); }
    button { font: inherit; color: inherit; cursor: pointer; border: 1px solid transparent; background: none; }
    button:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -1px; }
    .open { display: block; width: 24px; height: 22px; padding: 0; border-radius: 5px; color: var(--hl-muted); }
    .open:hover:enabled, .open[aria-expanded='true'] { background: var(--hl-surface-sunken); color: var(--hl-text); }
    .open:disabled { color: var(--hl-faint); cursor: default; }
    [role='menu'] {
      position: fixed; inset: auto; margin: 0; padding: 4px; min-width: 124px; box-sizing: border-box;
      background: var(--hl-surface); color: inherit; border: 1px solid var(--hl-border); border-radius: 6px;
    }
    [role='menuitem'] { display: block; width: 100%; padding: 5px 10px; border-radius: 4px; text-align: left; }
    [role='menuitem']:hover, [role='menuitem']:focus-visible { background: var(--hl-accent-soft); }
    dialog {
      width: fit-content; min-width: min(360px, 92vw); max-width: 92vw; max-height: 84vh; padding: 0; overflow: hidden;
      background: var(--hl-surface); color: inherit; border: 1px solid var(--hl-border);
      border-radius: var(--hl-radius);
    }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: color-mix(in srgb, var(--hl-page) 75%, transparent); }
    header { display: flex; align-items: center; gap: 8px; padding: 10px 12px; }
    h2 { flex: 1; margin: 0; font: 600 var(--hl-size-small) var(--hl-font); overflow-wrap: anywhere; }
    header button { padding: 4px 10px; border-color: var(--hl-border); border-radius: 5px; }
    header button:hover { background: var(--hl-surface-sunken); }
    p { margin: 0; padding: 0 12px 8px; color: var(--hl-muted); }
    .scroll { overflow: auto; border-top: 1px solid var(--hl-border); }
    .scroll:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -2px; }
    table { border-collapse: collapse; min-width: 100%; font-variant-numeric: tabular-nums; }
    th { position: sticky; top: 0; background: var(--hl-surface-sunken); color: var(--hl-muted); font-weight: 500; }
    th, td { padding: 3px 12px; text-align: left; white-space: pre; }
    td { font-family: var(--hl-mono); border-top: 1px solid var(--hl-border); }
    .number { text-align: right; }
  `;

  @property({ attribute: false }) picture?: Picture;
  @state() private table?: Table;
  /** The program that computes the picture, as it is when the menu opens; empty: none is offered. */
  @state() private python = '';
  @state() private said = '';
  @query('.open') private button!: HTMLButtonElement;
  @query('[role=menu]') private menu!: HTMLElement;
  @query('dialog') private dialog!: HTMLDialogElement;
  private readonly hideMenu = () => this.menu.hidePopover();

  disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('scroll', this.hideMenu, true);
  }

  render() {
    const item = (label: string, action: () => void) => html`
      <button role="menuitem" tabindex="-1" @click=${() => this.choose(action)}>${label}</button>`;
    return html`
      <button class="open" popovertarget="menu" aria-label="Table and files" title="Table and files"
        aria-haspopup="menu" aria-expanded="false" ?disabled=${!this.picture}>⋯</button>
      <div id="menu" popover role="menu" @beforetoggle=${this.place} @toggle=${this.toggled} @keydown=${this.onKey}>
        ${item('Table', this.openTable)} ${item('Save PNG', this.savePng)}
        ${item('Save SVG', this.saveSvg)} ${item('Save CSV', this.saveCsv)}
        ${this.picture?.files?.map((file) =>
          item(`Save ${file.ending.toUpperCase()}`, () => save(this.fileName(file.ending), file.text(), `${file.type};charset=utf-8`)),
        )}
        ${
          this.python
            ? html`<button role="menuitem" tabindex="-1" aria-live="polite" @click=${this.copyPython}>${this.said || 'Copy as Python'}</button>`
            : nothing
        }
      </div>
      <dialog aria-label="Table" @close=${() => (this.table = undefined)} @click=${this.onBackdrop}>
        ${this.table ? this.renderTable(this.table) : nothing}
      </dialog>`;
  }

  private renderTable({ header, rows }: Table) {
    const isNumber = header.map((_, column) => typeof rows[0]?.[column] === 'number');
    const cell = (value: string | number) =>
      typeof value === 'number' ? html`<td class="number">${exact(value)}</td>` : html`<td>${tokenTag(value, 80)}</td>`;
    return html`
      <header>
        <h2>${this.picture?.name}</h2>
        <button @click=${this.saveCsv}>Save CSV</button>
        <button @click=${() => this.dialog.close()}>Close</button>
      </header>
      ${
        rows.length > ROWS_DRAWN
          ? html`<p>The first ${grouped(ROWS_DRAWN)} of ${grouped(rows.length)} rows; the CSV has all of them.</p>`
          : nothing
      }
      <div class="scroll" tabindex="0">
        <table>
          <thead>
            <tr>${header.map((name, i) => html`<th class=${isNumber[i] ? 'number' : ''}>${name}</th>`)}</tr>
          </thead>
          <tbody>${rows.slice(0, ROWS_DRAWN).map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
        </table>
      </div>`;
  }

  private place(event: ToggleEvent): void {
    if (event.newState !== 'open') return;
    this.python = pythonOf(this.getRootNode(), document.baseURI);
    this.said = '';
    const box = this.button.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = box.bottom + 140 + 30 * ((this.picture?.files?.length ?? 0) + (this.python ? 1 : 0)) < clientHeight;
    this.menu.style.right = `${Math.max(4, Math.min(clientWidth - box.right, clientWidth - 132))}px`;
    this.menu.style.top = below ? `${box.bottom + 4}px` : 'auto';
    this.menu.style.bottom = below ? 'auto' : `${clientHeight - box.top + 4}px`;
  }

  private toggled(event: ToggleEvent): void {
    const open = event.newState === 'open';
    this.button.setAttribute('aria-expanded', String(open));
    if (open) {
      this.menu.querySelector('button')?.focus();
      addEventListener('scroll', this.hideMenu, true);
    } else {
      removeEventListener('scroll', this.hideMenu, true);
    }
  }

  private onKey(event: KeyboardEvent): void {
    const items = [...this.menu.querySelectorAll('button')];
    const focused = items.indexOf(this.shadowRoot!.activeElement as HTMLButtonElement);
    const next = { ArrowDown: focused + 1, ArrowUp: focused - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next === undefined) {
      if (event.key === 'Tab') this.hideMenu();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    items[(next + items.length) % items.length].focus();
  }

  private choose(action: () => void): void {
    this.hideMenu();
    action.call(this);
  }

  private async openTable(): Promise<void> {
    this.table = this.picture?.table();
    await this.updateComplete;
    this.dialog.showModal();
  }

  private onBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.dialog.close();
  }

  private async savePng(): Promise<void> {
    if (this.picture) save(this.fileName('png'), await rasterise(this.printed(this.picture), this.picture.scale?.()));
  }

  private saveSvg(): void {
    if (this.picture) save(this.fileName('svg'), this.printed(this.picture), 'image/svg+xml;charset=utf-8');
  }

  private saveCsv(): void {
    if (this.picture) save(this.fileName('csv'), csv(this.picture.table()), 'text/csv;charset=utf-8');
  }

  /** The menu stays until it has said what became of it. */
  private async copyPython(event: Event): Promise<void> {
    const item = event.currentTarget as HTMLElement;
    this.said = (await copied(this.python)) ? 'Copied' : 'Not copied: the browser refuses';
    item.focus();
    setTimeout(() => this.isConnected && this.hideMenu(), SAID);
  }

  /** The marks that set tokens apart have no place in the name of a file. */
  private fileName(ending: string): string {
    return `${this.picture!.name.replace(/[\u2066-\u2069]/g, '')}.${ending}`;
  }

  /** The drawing with what it shows in small print below. */
  private printed(picture: Picture): string {
    const words = smallPrint(picture.name, picture.note?.() ?? '', location.search);
    const look = { colour: themeColor(this, '--hl-muted'), font: themeColor(this, '--hl-font'), surface: themeColor(this, '--hl-surface') };
    return withSmallPrint(picture.svg(), words, look);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-picture-menu': PictureMenu;
  }
}
