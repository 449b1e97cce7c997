import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { meaning } from './keys.ts';
import { SlidePictures } from './slide-pictures.ts';

/**
 * Holds a slide. The keys that turn slides are heard on the page and within its frames, before what is in these hears them,
 * and become `slide-move`; what someone does to a live picture becomes `slide-look` with the `views` of all of them.
 */
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
  private readonly pictures = new SlidePictures(this, (views) =>
    this.dispatchEvent(new CustomEvent('slide-look', { detail: { views: views.join('\n') } })),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.key, true);
    this.frames.observe(this, { childList: true, subtree: true });
    this.hearFrames();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.key, true);
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

  /** Shows what is to be seen in the live pictures: a view a line; an empty one is the slide's own. */
  look(views: string): void {
    this.pictures.show(views.split('\n'));
  }

  private hearFrames(): void {
    for (const frame of this.querySelectorAll('iframe')) {
      if (this.heard.has(frame)) continue;
      this.heard.add(frame);
      const hear = () => {
        try {
          frame.contentWindow?.addEventListener('keydown', this.keyInPicture, true);
          this.pictures.watch(frame);
        } catch {
          // A frame of another server keeps its keys to itself.
        }
      };
      frame.addEventListener('load', hear);
    }
  }

  private readonly key = (event: KeyboardEvent): void => this.press(event, false);
  private readonly keyInPicture = (event: KeyboardEvent): void => this.press(event, true);

  private press(event: KeyboardEvent, inPicture: boolean): void {
    const focused = event.composedPath()[0] as HTMLInputElement | undefined;
    const means = meaning(event, focused ?? document.body, inPicture);
    if (!means) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (means === 'FULL SCREEN') void this.toggleFullScreen();
    else this.dispatchEvent(new CustomEvent('slide-move', { detail: { to: means } }));
  }
}
