import { css, html, type TemplateResult } from 'lit';
import { questionMark } from '../term/explained.ts';
import type { Sorting } from './sorting.ts';

/** The heading of a column that sorts the rows when it is pressed. */
export function sortHeading(
  label: string,
  column: number,
  isNumber: boolean,
  sorting: Sorting | undefined,
  press: (column: number) => void,
): TemplateResult {
  const here = sorting?.column === column;
  const direction = !here ? 'none' : sorting.descending ? 'descending' : 'ascending';
  return html`
    <th scope="col" class=${isNumber ? 'number' : ''} aria-sort=${direction}>
      <button @click=${() => press(column)} title="Sort by ${label}">${label}<span class="arrow" aria-hidden="true">${
        here ? (sorting.descending ? '▾' : '▴') : ''
      }</span></button>${questionMark(label)}
    </th>`;
}

export const sortStyles = css`
  th { padding: 0; font-weight: 400; text-align: left; color: var(--hl-muted); background: var(--hl-surface); }
  th button {
    position: relative; box-sizing: border-box; width: 100%; padding: 3px 12px 3px 6px; border: 0; border-radius: 4px; background: none;
    color: inherit; font: inherit; text-align: left; cursor: pointer;
  }
  th.number button { text-align: right; }
  th button:hover { color: var(--hl-text); }
  th button:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -2px; }
  th[aria-sort='ascending'] button, th[aria-sort='descending'] button { color: var(--hl-accent); }
  th headlight-term { position: absolute; top: 3px; right: 2px; }
  th:has(headlight-term) button { padding-right: 20px; }
  .arrow { position: absolute; right: 2px; bottom: 3px; }
  @container (max-width: 400px) {
    th button { padding: 3px 6px 3px 2px; font-size: 10px; }
    .arrow { right: -2px; }
  }
`;
