import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { meaning } from './keys.ts';

/** Holds a slide; the keys that turn slides are heard on the page and within its frames, and become `slide-move`. */
@customElement('headlight-slide-stage')
export class SlideStage extends LitElement {
  static override styles = css`
    :host {
      display: block;
      background: var(--hl-page);
      color: var(--hl-text);
    }
  `;

  private readonly frames = new MutationObserver(() => this.hearFrames());
  private readonly heard = new WeakSet<HTMLIFrameElement>();

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.key);
    this.frames.observe(this, { childList: true, subtree: true });
    this.hearFrames();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.key);
    this.frames.disconnect();
  }

  override render() {
    return html`<slot></slot>`;
  }

  async toggleFullScreen(): Promise<void> {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen());
    } catch {
      // The browser does not let pages do so; the slide is as large as the window then.
    }
  }

  private hearFrames(): void {
    for (const frame of this.querySelectorAll('iframe')) {
      if (this.heard.has(frame)) continue;
      this.heard.add(frame);
      const hear = () => {
        try {
          frame.contentWindow?.addEventListener('keydown', this.key);
        } catch {
          // A frame of another server keeps its keys to itself.
        }
      };
      frame.addEventListener('load', hear);
    }
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const focused = event.composedPath()[0] as Element | undefined;
    const means = meaning(event, focused?.tagName ?? '');
    if (!means) return;
    event.preventDefault();
    if (means === 'FULL SCREEN') void this.toggleFullScreen();
    else this.dispatchEvent(new CustomEvent('slide-move', { detail: { to: means } }));
  };
}
