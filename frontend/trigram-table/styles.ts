import { css } from 'lit';

export const styles = css`
  :host {
    display: block; min-width: 0; container-type: inline-size; color: var(--hl-text);
    font: var(--hl-size-small) / 1.4 var(--hl-font);
  }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; min-height: 26px; margin-bottom: 2px; }
  .count { color: var(--hl-muted); font-size: var(--hl-size-label); }
  input {
    flex: 0 1 140px; min-width: 90px; box-sizing: border-box; padding: 3px 8px; font: 12px var(--hl-mono);
    color: inherit; background: var(--hl-surface); border: 1px solid var(--hl-border); border-radius: 5px;
  }
  input::placeholder { color: var(--hl-muted); font-family: var(--hl-font); }
  input:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -1px; }
  headlight-picture-menu { margin-left: auto; }
  .scroll {
    overflow: auto; max-height: var(--hl-trigram-height, 420px); scrollbar-width: thin;
    scrollbar-color: var(--hl-border) transparent;
  }
  table { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
  thead th { position: sticky; top: 0; z-index: 1; }
  th button { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  th.number { width: 64px; }
  th:last-child { width: 46px; }
  td { height: 23px; padding: 0 0 0 6px; white-space: nowrap; }
  td.number { text-align: right; padding-right: 12px; }
  tbody tr:hover td { background: var(--hl-surface-sunken); }
  .token {
    max-width: calc(100% - 18px); padding: 1px 4px; margin-left: -4px; border: 0; border-radius: 4px; background: none;
    color: inherit; font: 12px/1.5 var(--hl-mono); white-space: pre; overflow: hidden; text-overflow: ellipsis;
    vertical-align: middle; cursor: pointer;
  }
  .token:hover { background: var(--hl-accent-soft); color: var(--hl-accent); }
  .token:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -1px; }
  .joint { color: var(--hl-muted); padding-left: 4px; }
  .bug {
    padding: 0 6px; border-radius: 6px; background: var(--hl-warning-soft); color: var(--hl-warning);
    font-size: 10px; line-height: 15px;
  }
  .empty, .hint { margin: 4px 6px; color: var(--hl-muted); }
  .hint { font-size: var(--hl-size-label); }
  .more {
    margin: 4px 6px; padding: 3px 9px; border: 1px solid var(--hl-border); border-radius: 6px; background: none;
    color: var(--hl-accent); font: inherit; cursor: pointer;
  }
  .more:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
  @container (max-width: 400px) {
    th.number { width: 48px; }
    th:last-child { width: 34px; }
    td { padding-left: 3px; font-size: var(--hl-size-label); }
    td.number { padding-right: 8px; }
    .token { max-width: calc(100% - 12px); font-size: var(--hl-size-label); }
    .bug { padding: 0 4px; }
  }
`;
