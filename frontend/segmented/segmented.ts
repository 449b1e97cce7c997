import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { telling } from '../term/telling.ts';

export interface Choice<T extends string> {
  value: T;
  label: string;
  /** What the choice means. */
  title: string;
}

/** A row of choices of which one holds; native radio buttons, so that the arrow keys and screen readers know them; each explains itself. */
export function segmented<T extends string>(
  name: string,
  choices: Choice<T>[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult {
  return html`
    <div class="segmented" role="radiogroup" aria-label=${name}>
      ${choices.map(
        ({ value, label, title }) => {
          const tell = telling(label, title);
          return html`
        <label @pointerenter=${tell} @focusin=${tell} @click=${tell}>
          <input type="radio" name=${name} .value=${value} .checked=${live(value === chosen)} aria-description=${title}
            @change=${() => choose(value)}>
          <span>${label}</span>
        </label>`;
        },
      )}
    </div>`;
}

export const segmentedStyles = css`
  .segmented {
    display: inline-flex; border: 1px solid var(--hl-border); border-radius: 6px; overflow: clip;
    font: var(--hl-size-small) / 1.4 var(--hl-font); white-space: nowrap;
  }
  .segmented label { position: relative; cursor: pointer; }
  .segmented input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
  .segmented span { display: block; padding: 3px 9px; color: var(--hl-muted); }
  .segmented label:hover span { color: var(--hl-text); }
  .segmented input:checked + span { background: var(--hl-accent-soft); color: var(--hl-accent); }
  .segmented input:focus-visible + span {
    outline: 2px solid var(--hl-accent); outline-offset: -2px;
    border-radius: 5px;
  }
`;
