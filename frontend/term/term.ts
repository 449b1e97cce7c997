import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { ENTRIES, type Entry, lessonOf } from './entries.ts';
import fields from './fields.json' with { type: 'json' };

const FIELDS: Record<string, string> = fields;

/** How far an explanation keeps from the edges of the window, and from its word. */
const AIR = 8;

/**
 * A term of the field, underlined. A click, a tap, Enter or the arrival of the keyboard's focus explains it in the top
 * layer, where it moves nothing, with a link to its lesson; Escape, or going elsewhere, closes that. Inside stand the words as the page has them.
 */
@customElement('headlight-term')
export class Term extends LitElement {
  static styles = css`
    button {
      padding: 0; border: 0; background: none; color: inherit; font: inherit; letter-spacing: inherit; text-align: inherit;
      text-decoration: underline dotted; text-decoration-thickness: 1px; text-underline-offset: 3px; cursor: help;
    }
    button:hover { color: var(--hl-accent); }
    button:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 2px; border-radius: 2px; }
    [popover] {
      position: fixed; inset: auto; box-sizing: border-box; width: max-content; max-width: min(340px, calc(100vw - 16px));
      margin: 0; padding: 9px 12px; border: 1px solid var(--hl-border); border-radius: 6px; background: var(--hl-surface);
      color: var(--hl-text); font: var(--hl-size-small) / 1.5 var(--hl-font); text-align: left; white-space: normal;
    }
    b { display: block; }
    a { display: block; width: max-content; margin-top: 4px; color: var(--hl-accent); font-weight: 600; }
    :host([mark]) { display: inline-flex; vertical-align: middle; }
    :host([mark]) button:focus-visible { outline-offset: 0; }
    :host([mark]) button {
      width: 14px; height: 14px; border-radius: 50%; background: var(--hl-surface-sunken); color: var(--hl-muted);
      font: 600 10px / 14px var(--hl-font); text-align: center; text-decoration: none;
    }
  `;

  /** As the glossary has it, or as a form calls a field. */
  @property() name = '';
  /** A question mark, for a place where the words are a button already. */
  @property({ type: Boolean }) mark = false;
  @query('button') private button!: HTMLElement;
  @query('[popover]') private explanation!: HTMLElement;
  private readonly close = () => this.explanation?.hidePopover();

  disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('scroll', this.close, true);
  }

  render() {
    if (!this.name) return nothing; // which the server gives it a moment later
    const entry = ENTRIES[this.name];
    const sentence = entry?.says ?? FIELDS[this.name];
    if (!sentence) console.error(`The glossary has no “${this.name}”`);
    return html`<button type="button" popovertarget="explanation" aria-describedby="explanation"
      aria-label=${this.mark ? `What is “${this.name}”?` : nothing} @focus=${this.onFocus} @blur=${this.onBlur} @keydown=${this.onKey}
      >${this.mark ? '?' : html`<slot>${this.name}</slot>`}</button
      ><span id="explanation" popover @toggle=${this.toggled}><b>${this.name}</b>${sentence}${entry ? this.lesson(entry) : nothing}</span>`;
  }

  /** In a frame of another page, the lesson opens beside it. */
  private lesson(entry: Entry) {
    const { address, words } = lessonOf(entry);
    const isFramed = window.top !== window;
    return html`<a tabindex="-1" href=${address} target=${isFramed ? '_blank' : nothing} rel=${isFramed ? 'noopener' : nothing}
      @blur=${this.onBlur}>${words}</a>`;
  }

  /** Enter leads from the word that has the focus to the link; Tab goes on, so that terms are one stop each. */
  private onKey(event: KeyboardEvent): void {
    const link = this.explanation.querySelector('a');
    if (event.key !== 'Enter' || !link || !this.explanation.matches(':popover-open')) return;
    event.preventDefault();
    link.focus();
  }

  /** The way from the word to the link in its explanation leaves that open. */
  private onBlur(event: FocusEvent): void {
    if (!this.renderRoot.contains(event.relatedTarget as Node | null)) this.close();
  }

  private onFocus(): void {
    if (this.button.matches(':focus-visible') && !this.explanation.matches(':popover-open'))
      this.explanation.showPopover();
  }

  private toggled(event: ToggleEvent): void {
    if (event.newState !== 'open') return removeEventListener('scroll', this.close, true);
    const word = this.button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.explanation;
    const below = word.bottom + AIR + height <= innerHeight - AIR;
    const { style } = this.explanation;
    style.left = `${Math.max(AIR, Math.min(word.left, document.documentElement.clientWidth - width - AIR))}px`;
    style.top = `${below ? word.bottom + AIR : Math.max(AIR, word.top - AIR - height)}px`;
    addEventListener('scroll', this.close, true);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-term': Term;
  }
}
