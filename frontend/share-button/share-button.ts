import { LitElement, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';

/** Copies the page's address, which is the whole state of the view; where the browser forbids it, shows it to copy. */
@customElement('headlight-share-button')
export class ShareButton extends LitElement {
  @state() private said: '' | 'copied' | 'copy by hand' = '';

  static override styles = css`
    :host {
      position: relative;
      display: inline-block;
    }
    button {
      padding: 7px 14px;
      border: 0;
      border-radius: var(--hl-radius);
      background: var(--hl-accent);
      color: var(--hl-on-accent);
      font: 500 var(--hl-size) var(--hl-font);
      white-space: nowrap;
      cursor: pointer;
    }
    button:focus-visible {
      outline: 2px solid var(--hl-text);
      outline-offset: 2px;
    }
    input {
      position: absolute;
      top: calc(100% + 6px);
      right: 0;
      z-index: 5;
      width: min(420px, 80vw);
      padding: 8px 10px;
      border: 1px solid var(--hl-border);
      border-radius: var(--hl-radius);
      background: var(--hl-surface);
      color: var(--hl-text);
      font: var(--hl-size-small) var(--hl-mono);
    }
  `;

  override render() {
    return html`
      <button @click=${this.share} title="Copy the address of exactly this view">
        <span aria-live="polite">${this.said === 'copied' ? 'Link copied' : 'Share'}</span>
      </button>
      ${this.said === 'copy by hand'
        ? html`<input readonly aria-label="Address of this view" .value=${location.href} @blur=${this.quiet} />`
        : ''}
    `;
  }

  private async share(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      this.said = 'copied';
      setTimeout(() => this.quiet(), 2000);
    } catch {
      // No clipboard outside https and localhost, or the user said no.
      this.said = 'copy by hand';
      await this.updateComplete;
      this.renderRoot.querySelector('input')?.select();
    }
  }

  private quiet(): void {
    this.said = '';
  }
}
