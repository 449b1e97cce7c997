import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { markSubmit } from '../shared/timing.ts';

/**
 * The sentence that is taken apart: one line that grows with its text. Enter sends it (`sentence-submit` {text}),
 * Shift+Enter breaks the line, Escape puts back what was sent last.
 */
@customElement('headlight-sentence-field')
export class SentenceField extends LitElement {
  /** The sentence as it was sent last. */
  @property() value = '';
  @property() placeholder = '';
  /** Longer texts are cut here, before they travel; the page says so. */
  @property({ type: Number }) limit = 100_000;

  /** Whether what is typed differs from what was sent. */
  @state() private pending = false;

  @query('textarea') private area!: HTMLTextAreaElement;

  static override styles = css`
    :host {
      position: relative;
      display: block;
      min-width: 0;
    }
    button {
      position: absolute;
      top: 6px;
      right: 6px;
      padding: 4px 9px;
      border: 0;
      border-radius: 6px;
      background: var(--hl-accent-soft);
      color: var(--hl-accent);
      font: 600 var(--hl-size-small) var(--hl-font);
      cursor: pointer;
    }
    textarea {
      box-sizing: border-box;
      display: block;
      width: 100%;
      min-height: 38px;
      max-height: 110px;
      padding: 8px 14px;
      resize: none;
      overflow-y: auto;
      border: 1px solid var(--hl-border);
      border-radius: var(--hl-radius);
      background: var(--hl-surface);
      color: var(--hl-text);
      font: 15px/1.35 var(--hl-font);
    }
    textarea:focus-visible {
      outline: 2px solid var(--hl-accent);
      outline-offset: -1px;
    }
  `;

  override render() {
    return html`
      <textarea
      rows="1"
      dir="auto"
      spellcheck="false"
      autocomplete="off"
      aria-label="Sentence"
      .placeholder=${this.placeholder}
      .value=${this.value}
      @keydown=${this.onKey}
      @input=${this.fit}
    ></textarea>
    ${this.pending ? html`<button @click=${this.submit} title="Take this sentence apart">Enter ↵</button>` : ''}`;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('value') && this.area.value !== this.value) this.area.value = this.value;
    this.fit();
  }

  override focus(): void {
    this.area.focus();
  }

  private onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'Escape') {
      this.area.value = this.value;
      this.fit();
    }
  }

  private submit(): void {
    const text = this.area.value;
    if (text === this.value) return;
    this.value = text;
    this.pending = false;
    markSubmit();
    const detail = { text: text.slice(0, this.limit), length: text.length };
    this.dispatchEvent(new CustomEvent('sentence-submit', { detail, bubbles: true, composed: true }));
  }

  private fit(): void {
    this.pending = this.area.value !== this.value;
    this.area.style.height = 'auto';
    this.area.style.height = `${this.area.scrollHeight + 2}px`;
  }
}
