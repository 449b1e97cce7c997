import { css } from 'lit';

export const styles = css`
  :host {
    display: block; position: relative; min-width: 0; color: var(--hl-text);
    font: var(--hl-size-small) / 1.4 var(--hl-font);
  }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 6px; min-height: 26px; margin-bottom: 2px; }
  button {
    min-width: 28px; height: 26px; padding: 0 6px; border: 1px solid var(--hl-border); border-radius: 6px;
    background: none; color: var(--hl-accent); font: inherit; cursor: pointer;
  }
  button:disabled { color: var(--hl-faint); cursor: default; }
  button:focus-visible, input:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
  input { flex: 0 1 160px; min-width: 60px; height: 16px; margin: 0 4px; accent-color: var(--hl-accent); }
  .count { color: var(--hl-muted); font-variant-numeric: tabular-nums; white-space: nowrap; }
  headlight-picture-menu { margin-left: auto; }
  .said { flex: 1 1 320px; margin: 0 8px; line-height: 1.3; min-height: 2.6em; align-content: center; }
  .stage { position: relative; overflow-x: auto; scrollbar-width: thin; }
  svg { display: block; font-variant-numeric: tabular-nums; }
  .empty { margin: 8px 0; color: var(--hl-muted); }
`;
