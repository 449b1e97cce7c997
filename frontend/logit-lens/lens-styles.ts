import { css } from 'lit';

export const lensStyles = css`
  :host { display: block; min-width: 0; color: var(--hl-text); font: var(--hl-size-small) / 1.4 var(--hl-font); }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; min-height: 26px; margin-bottom: 2px; }
  h3 { margin: 0; font: 600 var(--hl-size-small) / 1.4 var(--hl-font); color: var(--hl-muted); }
  .segments { display: inline-flex; border: 1px solid var(--hl-border); border-radius: 6px; overflow: hidden; }
  .segments button {
    padding: 3px 9px; border: 0; background: none; color: var(--hl-muted); font: inherit; cursor: pointer;
  }
  .segments button:hover { color: var(--hl-text); }
  .segments button[aria-pressed='true'] { background: var(--hl-accent-soft); color: var(--hl-accent); }
  .segments button:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -2px; }
  .legend { display: flex; align-items: center; gap: 6px; color: var(--hl-muted); font-size: var(--hl-size-label); }
  .legend i { width: 72px; height: 8px; border: 1px solid var(--hl-border); }
  headlight-picture-menu { margin-left: auto; }
  .scroll {
    position: relative; overflow: auto; max-height: var(--hl-lens-height, 420px); border-radius: 4px;
    scrollbar-width: thin; scrollbar-color: var(--hl-border) transparent;
  }
  .scroll:has(table:focus-visible) { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
  table { border-collapse: separate; border-spacing: 0; table-layout: fixed; outline: none; }
  th, td { box-sizing: border-box; }
  th { font-weight: 400; color: var(--hl-muted); background: var(--hl-surface); }
  thead th {
    position: sticky; top: 0; z-index: 2; height: 24px; font-family: var(--hl-mono);
    font-size: var(--letter);
  }
  tbody th, thead th:first-child {
    position: sticky; left: 0; z-index: 1; text-align: right; padding: 0 8px 0 0; white-space: nowrap;
  }
  thead th:first-child { z-index: 3; }
  td, thead th { padding: 0 2px; overflow: hidden; text-overflow: ellipsis; white-space: pre; text-align: center; }
  td {
    height: 26px; font-family: var(--hl-mono); font-size: var(--letter); cursor: pointer;
    border-right: 1px solid var(--hl-surface); border-bottom: 1px solid var(--hl-surface);
  }
  .space { padding: 0; border: 0; cursor: default; }
  td.cursor { outline: 2px solid var(--hl-text); outline-offset: -2px; }
  th.chosen { color: var(--hl-accent); font-weight: 600; }
  .band { position: absolute; top: 0; box-sizing: border-box; pointer-events: none; }
  .band.hovered { background: color-mix(in srgb, var(--hl-text) 8%, transparent); }
  .band.chosen { border: solid var(--hl-accent); border-width: 0 2px; }
  .empty { color: var(--hl-muted); margin: 8px 0; }
  [hidden] { display: none; }
`;
