import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';

/** The first stops of the Tab key: over the header to the content, and to the tabs of a page that has some. Seen while they have the focus. */
@customElement('headlight-skip-links')
export class SkipLinks extends LitElement {
  static styles = css`
    button {
      position: fixed; top: 6px; left: 12px; z-index: 10; padding: 8px 14px; border: 1px solid var(--hl-accent);
      border-radius: var(--hl-radius); background: var(--hl-surface); color: var(--hl-accent);
      font: 600 var(--hl-size) / 1.4 var(--hl-font); cursor: pointer;
    }
    button:not(:focus) { width: 1px; height: 1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); }
    button:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 2px; }
  `;

  @state() private tabs = false;

  render() {
    return html`
      <button @click=${this.toContent} @focus=${this.look}>Skip to the content</button>
      ${this.tabs ? html`<button @click=${this.toTabs}>Skip to the tabs</button>` : nothing}`;
  }

  private get tab(): HTMLElement | null {
    return document.querySelector('vaadin-tab[selected]');
  }

  private look(): void {
    this.tabs = this.tab !== null;
  }

  private toContent(): void {
    const content = document.querySelector('main');
    content?.setAttribute('tabindex', '-1');
    content?.focus();
  }

  private toTabs(): void {
    this.tab?.focus();
  }
}
