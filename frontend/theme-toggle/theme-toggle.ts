import { LitElement, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { onThemeChange } from '../theme/theme.ts';

/** Turns the page dark or light and remembers the choice in this browser; until there is one, the system's is used. */
@customElement('headlight-theme-toggle')
export class ThemeToggle extends LitElement {
  @state() private dark = false;
  private endWatch?: () => void;

  static override styles = css`
    /* Of whole pixels: below a header that is not, a browser draws text that stands still a pixel off. */
    button {
      display: block;
      box-sizing: border-box;
      min-width: 36px;
      height: 32px;
      padding: 0 9px;
      border: 1px solid var(--hl-border);
      border-radius: var(--hl-radius);
      background: var(--hl-surface);
      color: var(--hl-text);
      font: var(--hl-size)/1.3 var(--hl-font);
      cursor: pointer;
    }
    button:focus-visible {
      outline: 2px solid var(--hl-accent);
    }
  `;

  override connectedCallback(): void {
    super.connectedCallback();
    const read = () => (this.dark = document.documentElement.getAttribute('theme') === 'dark');
    read();
    this.endWatch = onThemeChange(read);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.endWatch?.();
  }

  override render() {
    const label = this.dark ? 'Light colours' : 'Dark colours';
    return html`<button aria-label=${label} title=${label} @click=${this.turn}>${this.dark ? '☀' : '☾'}</button>`;
  }

  private turn(): void {
    const theme = this.dark ? 'light' : 'dark';
    localStorage.setItem('headlight-theme', theme);
    document.documentElement.setAttribute('theme', theme);
  }
}
