import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { forget, keyOf, pageOfElement, read, write } from '../draft/texts.ts';
import { markSubmit } from '../shared/timing.ts';

/** How many lines are seen at most, at rest and while it is written in. */
const RESTING = 2;
const WRITING = 10;
/** Heights in pixels, as the styles have them: of a line, and of padding and border together. */
const LINE = 20;
const AROUND = 20;

/** Longer texts are cut here, before they travel; the page says so. */
const LONGEST = 100_000;

/**
 * The sentence that is taken apart: one line that grows with its text. Enter sends it (`sentence-submit` {text}),
 * Shift+Enter breaks the line, Escape puts back what was sent last. What is typed over a sentence is kept in the browser's
 * tab, with that sentence, until the server has shown another.
 */
@customElement('headlight-sentence-field')
export class SentenceField extends LitElement {
  /** The sentence as it was sent last. */
  @state() private value = '';
  @property() placeholder = '';

  /** Whether what is typed differs from what was sent. */
  @state() private pending = false;

  @query('textarea') private area!: HTMLTextAreaElement;
  private writing = false;
  /** What stood here before what is under way to the server. */
  private replaced?: string;
  private readonly resizing = new ResizeObserver(() => this.fit());

  static override styles = css`
    :host {
      position: relative;
      display: block;
      min-width: 0;
      height: 40px;
    }
    button {
      position: absolute;
      z-index: 3;
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
    /* While it is written in, a long sentence lies over what is below, which so stays where it is. */
    .box {
      position: absolute;
      z-index: 2;
      inset: 0 0 auto;
      padding: 9px 14px;
      border: 1px solid var(--hl-border);
      border-radius: var(--hl-radius);
      background: var(--hl-surface);
    }
    .box:focus-within {
      outline: 2px solid var(--hl-accent);
      outline-offset: -1px;
    }
    textarea {
      display: block;
      box-sizing: border-box;
      width: 100%;
      height: 20px;
      padding: 0;
      resize: none;
      overflow-y: auto;
      scrollbar-width: thin;
      border: 0;
      outline: 0;
      background: none;
      color: var(--hl-text);
      font: 15px/20px var(--hl-font);
    }
  `;

  override render() {
    return html`
      <div class="box">
        <textarea rows="1" dir="auto" spellcheck="false" autocomplete="off" aria-label="Sentence"
          .placeholder=${this.placeholder} .value=${this.value} @keydown=${this.onKey}
          @input=${this.onInput} @focus=${() => this.fit(true)} @blur=${() => this.fit(false)}></textarea>
      </div>
    ${this.pending ? html`<button @click=${this.submit} title="Take this sentence apart">Enter ↵</button>` : ''}`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('value')) this.area.value = read(this.draft(this.value)) ?? this.value;
    this.fit();
  }

  /** Shows the sentence that the page is about: what was under way has arrived. */
  show(sentence: string): void {
    if (this.replaced !== undefined && this.replaced !== sentence) forget(this.draft(this.replaced));
    this.replaced = undefined;
    this.value = sentence;
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
      this.onInput();
    }
  }

  private draft(sentence: string): string {
    return keyOf(pageOfElement(this), `over ${sentence}`);
  }

  private readonly onInput = (): void => {
    if (this.area.value === this.value) forget(this.draft(this.value));
    else write(this.draft(this.value), this.area.value);
    this.fit(true);
  };

  private submit(): void {
    const text = this.area.value;
    this.fit(false);
    if (text === this.value) return;
    this.replaced = this.value;
    write(this.draft(this.value), text);
    this.value = text;
    this.pending = false;
    markSubmit();
    const sent = text.slice(0, LONGEST);
    this.dispatchEvent(
      new CustomEvent('sentence-submit', { detail: { text: sent, length: text.length }, bubbles: true, composed: true }),
    );
  }

  /** @param writing whether the whole sentence is to be seen, as far as there is room */
  private fit(writing = this.writing): void {
    if (!this.area) return;
    this.writing = writing;
    this.pending = this.area.value !== this.value;
    this.area.style.height = '0';
    const lines = Math.max(1, Math.round(this.area.scrollHeight / LINE));
    const resting = Math.min(lines, RESTING) * LINE;
    this.area.style.height = `${writing ? Math.min(lines, WRITING) * LINE : resting}px`;
    this.style.height = `${resting + AROUND}px`;
  }
}
