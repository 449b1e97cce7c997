import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

export interface Choice<T extends string> {
  value: T;
  label: string;
  title: string;
}

/** A row of choices of which one holds; native radio buttons, so that the arrow keys and screen readers know them. */
export function segmented<T extends string>(
  name: string,
  choices: Choice<T>[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult {
  return html`
    <div class="segmented" role="radiogroup" aria-label=${name}>
      ${choices.map(
        ({ value, label, title }) => html`
        <label title=${title}>
          <input type="radio" name=${name} .value=${value} .checked=${live(value === chosen)}
            @change=${() => choose(value)}>
          <span>${label}</span>
        </label>`,
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
