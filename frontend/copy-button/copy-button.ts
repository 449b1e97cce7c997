import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { copied } from '../shared/copying.ts';

/** Milliseconds for which it says that it has copied. */
const SAID = 2000;

/** Copies a text, and says so. */
@customElement('headlight-copy-button')
export class CopyButton extends LitElement {
  @property() text = '';
  /** What the text is, for screen readers. */
  @property() what = '';
  @state() private said = '';

  static override styles = css`
    button {
      padding: 4px 10px;
      border: 1px solid var(--hl-border);
      border-radius: var(--hl-radius);
      background: var(--hl-surface);
      color: var(--hl-accent);
      font: 500 var(--hl-size-small) var(--hl-font);
      cursor: pointer;
    }
    button:focus-visible {
      outline: 2px solid var(--hl-accent);
    }
  `;

  override render() {
    const name = this.said || 'Copy';
    return html`<button @click=${this.copy} aria-label="${name} ${this.what}" aria-live="polite">${name}</button>`;
  }

  private async copy(): Promise<void> {
    this.said = (await copied(this.text)) ? 'Copied' : 'Not copied: the browser refuses';
    setTimeout(() => (this.said = ''), SAID);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-copy-button': CopyButton;
  }
}
