import { css } from 'lit';

export const styles = css`
  :host {
    display: block; position: relative; min-width: 0; color: var(--hl-text);
    font: var(--hl-size-small) / 1.4 var(--hl-font);
  }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; margin-bottom: 6px; }
  .title {
    display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; flex: 1 1 auto;
    font-size: var(--hl-size); font-weight: 600;
  }
  .controls {
    display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 6px 8px;
    margin-left: auto;
  }
  :host([compact]) .controls { display: none; }
  .without {
    padding: 3px 8px; border: 1px solid var(--hl-border); border-radius: 6px; background: none; color: var(--hl-muted);
    font: inherit; white-space: nowrap; cursor: pointer;
  }
  .without:hover { color: var(--hl-text); }
  .without[aria-pressed='true'] { background: var(--hl-accent-soft); color: var(--hl-accent); }
  .without:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
  .left-out {
    padding: 1px 8px; border-radius: 4px; background: var(--hl-warning-soft); color: var(--hl-warning);
    font: var(--hl-size-small) / 1.4 var(--hl-font);
  }
  .keys { display: inline-flex; gap: 8px; }
  .key {
    display: inline-flex; align-items: center; gap: 5px; font: var(--hl-size-small) / 1.4 var(--hl-font);
    color: var(--hl-muted);
  }
  .key i { width: 14px; height: 3px; border-radius: 2px; }
  .threshold { display: inline-flex; align-items: center; gap: 6px; color: var(--hl-muted); white-space: nowrap; }
  .threshold output {
    display: inline-block; min-width: 4ch; font-variant-numeric: tabular-nums;
    color: var(--hl-text);
  }
  .threshold input { width: 64px; height: 14px; margin: 0; accent-color: var(--hl-accent); }
  .threshold input:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 2px; border-radius: 4px; }
  .window {
    flex: 1 0 var(--hl-attention-height, 424px); height: var(--hl-attention-height, 424px); min-height: 0;
    overflow: auto; scrollbar-width: thin; border-radius: 4px;
    scrollbar-color: var(--hl-border) transparent;
  }
  .window:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
  .window[data-over] { cursor: pointer; }
  .stage { position: sticky; top: 0; left: 0; overflow: hidden; }
  canvas { position: absolute; top: 0; left: 0; }
  .empty {
    display: grid; place-items: center; flex: 1 0 auto; height: var(--hl-attention-height, 424px);
    box-sizing: border-box; padding: 24px;
    color: var(--hl-muted); text-align: center;
  }
  .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
