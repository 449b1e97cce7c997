import { css } from 'lit';

export const styles = css`
  .kept { display: inline-flex; flex: 1 1 220px; align-items: center; gap: 6px; color: var(--hl-muted); white-space: nowrap; }
  .kept output { min-width: 4ch; color: var(--hl-text); font-variant-numeric: tabular-nums; }
  .kept input { flex: 1; min-width: 80px; height: 14px; margin: 0; accent-color: var(--hl-accent); }
  .kept input:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 2px; border-radius: 4px; }
  .kinds { display: inline-flex; flex-wrap: wrap; gap: 4px 10px; color: var(--hl-muted); }
  .kinds > span { display: inline-flex; align-items: center; gap: 5px; }
  .kinds i { width: 12px; height: 4px; border-radius: 2px; }
`;
