import { LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { segmented, segmentedStyles, type Choice } from './segmented.ts';

export interface SegmentedData {
  /** What is chosen, for screen readers. */
  name: string;
  choices: Choice<string>[];
}

/** A row of choices of which one holds; fires `choice` with the `value` that is chosen. */
@customElement('headlight-segmented')
export class SegmentedChoice extends LitElement {
  static styles = segmentedStyles;

  @property({ attribute: false }) data?: SegmentedData;
  @property() value = '';

  render() {
    const { data } = this;
    return data ? segmented(data.name, data.choices, this.value, (value) => this.choose(value)) : nothing;
  }

  private choose(value: string): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent('choice', { detail: { value }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headlight-segmented': SegmentedChoice;
  }
}
