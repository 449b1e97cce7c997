import { css } from 'lit';

export const styles = css`
  .kinds { display: inline-flex; flex-wrap: wrap; gap: 4px; }
  .kinds button {
    display: inline-flex; align-items: center; gap: 5px; padding: 2px 6px; border: 1px solid var(--hl-border);
    border-radius: 6px; background: none; color: var(--hl-text); font: inherit; cursor: pointer;
  }
  .kinds button[aria-pressed='false'] { color: var(--hl-muted); text-decoration: line-through; }
  .kinds i { width: 10px; height: 4px; border-radius: 2px; }
  .kinds button[aria-pressed='false'] i { opacity: 0.3; }
  .kinds button:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
  .threshold { display: inline-flex; align-items: center; gap: 6px; color: var(--hl-muted); white-space: nowrap; }
  .threshold output { min-width: 5ch; color: var(--hl-text); font-variant-numeric: tabular-nums; }
  .threshold input { width: 76px; height: 14px; margin: 0; accent-color: var(--hl-accent); }
  .threshold input:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 2px; border-radius: 4px; }
  .explanation { max-width: 72ch; color: var(--hl-text); }
  .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
