import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { lasting, timeOfDay } from './times.ts';

/** The time of day, and the time since a start that lies `elapsed` milliseconds back when the property is set. */
@customElement('headlight-presenter-clock')
export class PresenterClock extends LitElement {
  @property({ type: Number }) elapsed = 0;
  private since = performance.now();
  private ticking = 0;

  static override styles = css`
    :host {
      display: flex;
      gap: 14px;
      align-items: baseline;
      font-variant-numeric: tabular-nums;
    }
    .lasting {
      font-size: 1.6em;
      font-weight: 650;
    }
    .time {
      color: var(--hl-muted);
    }
  `;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ticking = window.setInterval(() => this.requestUpdate(), 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.ticking);
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('elapsed')) this.since = performance.now() - this.elapsed;
  }

  override render() {
    return html`<span class="lasting" role="timer" title="Since the start">${lasting(performance.now() - this.since)}</span>
      <span class="time" title="Time of day">${timeOfDay(new Date())}</span>`;
  }
}
