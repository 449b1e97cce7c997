import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

/**
 * The tooltip of the pictures: stands in the top layer, so that no panel clips it, and never off the screen.
 * Inside: `<b>` for headings, `<code>` for tokens, `<dl>` for names and figures.
 */
@customElement('headlight-tip')
export class Tip extends LitElement {
  static styles = css`
    :host {
      position: fixed;
      inset: auto;
      margin: 0;
      padding: 7px 10px;
      max-width: min(340px, calc(100vw - 16px));
      box-sizing: border-box;
      overflow: hidden;
      pointer-events: none;
      background: var(--hl-surface);
      color: var(--hl-text);
      border: 1px solid var(--hl-border);
      border-radius: 6px;
      font: var(--hl-size-small) / 1.45 var(--hl-font);
      font-variant-numeric: tabular-nums;
    }
    code { font-family: var(--hl-mono); white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
    dl { display: grid; grid-template-columns: auto auto; gap: 0 12px; margin: 2px 0 0; justify-content: start; }
    dt { color: var(--hl-muted); }
    dd { margin: 0; text-align: right; }
    .key { display: inline-block; width: 8px; height: 8px; border-radius: 2px; margin-right: 6px; }
    .bar {
      display: inline-block; height: 6px; border-radius: 1px; background: var(--hl-accent);
      vertical-align: middle;
    }
    .track { display: inline-block; width: 48px; margin-left: 4px; text-align: left; }
    dt code { color: var(--hl-text); }
    .muted { color: var(--hl-muted); }
  `;

  @state() private content?: TemplateResult;
  private x = 0;
  private y = 0;

  connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('popover', 'manual');
    this.setAttribute('aria-hidden', 'true');
  }

  /** Shows the content beside a point of the window. */
  show(x: number, y: number, content: TemplateResult): void {
    this.x = x;
    this.y = y;
    this.content = content;
    if (!this.matches(':popover-open')) this.showPopover();
    this.requestUpdate();
  }

  hide(): void {
    if (this.matches(':popover-open')) this.hidePopover();
  }

  render() {
    return this.content ? html`${this.content}` : nothing;
  }

  updated(): void {
    const { offsetWidth: width, offsetHeight: height } = this;
    const left = this.x + 14 + width > innerWidth - 8 ? this.x - 14 - width : this.x + 14;
    const top = this.y + 14 + height > innerHeight - 8 ? this.y - 10 - height : this.y + 14;
    this.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    this.style.top = `${Math.max(8, top)}px`;
  }
}
