import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { frameOf, isKept, relativeAddress } from './links.ts';

type Kind = 'address' | 'short link' | 'frame';

/**
 * Copies the page's address, which is the whole state of the view, and then offers a short link (asked for by the event
 * `short-link`, answered by `give` or `refuse`) and a frame for other pages. Where the browser forbids copying, what was
 * to be copied is selected.
 */
@customElement('headlight-share-button')
export class ShareButton extends LitElement {
  @state() private open = false;
  @state() private copied?: Kind;
  @state() private shortLink = '';
  @state() private asked = '';
  @state() private trouble = '';

  /** Whether the click that is under way closed the panel. */
  private closing = false;

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
    .panel {
      position: absolute;
      top: calc(100% + 8px);
      right: 0;
      z-index: 5;
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 8px;
      width: min(420px, calc(100vw - 40px));
      padding: 12px;
      border: 1px solid var(--hl-border);
      border-radius: var(--hl-radius);
      background: var(--hl-surface);
      color: var(--hl-text);
      font: var(--hl-size-small) var(--hl-font);
    }
    .panel button {
      padding: 6px 10px;
      background: var(--hl-accent-soft);
      color: var(--hl-accent);
      font-size: var(--hl-size-small);
    }
    .panel span {
      grid-column: 1 / -1;
      color: var(--hl-muted);
    }
    .panel .trouble {
      color: var(--hl-warning);
    }
    input {
      min-width: 0;
      padding: 6px 8px;
      border: 1px solid var(--hl-border);
      border-radius: var(--hl-radius);
      background: var(--hl-surface-sunken);
      color: var(--hl-text);
      font: var(--hl-size-small) var(--hl-mono);
    }
  `;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.away, true);
    document.addEventListener('click', this.swallow, true);
    document.addEventListener('keydown', this.key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.away, true);
    document.removeEventListener('click', this.swallow, true);
    document.removeEventListener('keydown', this.key);
  }

  override render() {
    return html`
      <button
        class="share"
        @click=${this.share}
        aria-expanded=${this.open}
        title="Copy the address of exactly this view"
      >
        <span aria-live="polite">${this.copied === 'address' ? 'Link copied' : 'Share'}</span>
      </button>
      ${this.open ? this.panel() : nothing}
    `;
  }

  private panel() {
    const frame = frameOf(location.href, document.baseURI);
    return html`<div class="panel" role="group" aria-label="Share this view">
      <span
        >${isKept(location.search)
          ? 'The address leads to the whole view, whose long text this server keeps'
          : 'The address holds the whole view'}${this.copied === 'address' ? '; it is copied' : ''}.</span
      >
      ${this.row('address', location.href)}
      ${this.shortLink
        ? this.row('short link', this.shortLink)
        : html`<span>A short link leads to the same view, and shows a picture of it where it is posted.</span>
            <button class="make" style="grid-column: 1 / -1" @click=${this.askForShortLink}>Make a short link</button>`}
      ${this.trouble ? html`<span class="trouble" role="alert">${this.trouble}</span>` : nothing}
      ${frame ? html`<span>For a blog or a notebook, as a live picture:</span>${this.row('frame', frame)}` : nothing}
    </div>`;
  }

  private row(kind: Kind, text: string) {
    return html`<input data-kind=${kind} readonly aria-label=${`The ${kind} of this view`} .value=${text} />
      <button @click=${() => this.copy(kind, text)}>${this.copied === kind ? 'Copied' : 'Copy'}</button>`;
  }

  private share(): void {
    if (this.open && this.asked === location.href) {
      this.close();
      return;
    }
    this.open = true;
    if (this.asked !== location.href) this.shortLink = '';
    this.asked = location.href;
    this.trouble = '';
    void this.copy('address', location.href);
  }

  private askForShortLink(): void {
    // The view may have changed since the panel was opened.
    this.asked = location.href;
    const address = relativeAddress(location.href, document.baseURI);
    this.dispatchEvent(new CustomEvent('short-link', { detail: { address } }));
  }

  /** The answer, relative to the server's root. */
  give(link: string): void {
    this.trouble = '';
    this.shortLink = new URL(link, document.baseURI).href;
    void this.copy('short link', this.shortLink);
  }

  /** There is none, for this reason. */
  refuse(why: string): void {
    this.trouble = why;
  }

  private async copy(kind: Kind, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = kind;
    } catch {
      // No clipboard outside https and localhost, or the user said no.
      this.copied = undefined;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>(`input[data-kind="${kind}"]`)?.select();
    }
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.open) return;
    this.close();
    this.renderRoot.querySelector<HTMLElement>('.share')?.focus();
  };

  /** A click elsewhere closes the panel, and does nothing else. */
  private readonly away = (event: Event): void => {
    this.closing = this.open && !event.composedPath().includes(this);
    if (!this.closing) return;
    this.close();
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly swallow = (event: Event): void => {
    if (!this.closing) return;
    this.closing = false;
    event.preventDefault();
    event.stopPropagation();
  };

  private close(): void {
    this.open = false;
    this.copied = undefined;
  }
}
