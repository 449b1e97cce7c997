import { css } from 'lit';

export const styles = css`
  :host { display: block; min-width: 0; color: var(--hl-text); font: var(--hl-size-small) / 1.4 var(--hl-font); }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 6px; margin-bottom: 8px; min-height: 26px; }
  header .segmented span { padding-inline: 6px; }
  header .head-page { margin-left: 0; }
  h3 { flex: 1; margin: 0; font: 600 var(--hl-size-small) / 1.4 var(--hl-font); color: var(--hl-muted); }
  p { margin: 0; color: var(--hl-muted); }
  .grid {
    max-height: var(--hl-head-grid-height, 400px); overflow: auto; padding: 4px; margin: -4px;
    scrollbar-width: thin; scrollbar-color: var(--hl-border) transparent;
  }
  .layer { display: flex; align-items: flex-start; gap: 6px; width: max-content; margin-bottom: 6px; }
  .tight { gap: 2px; margin-bottom: 2px; }
  .label {
    position: sticky; left: -4px; z-index: 1; width: 22px; height: var(--size); display: grid; align-items: center;
    background: var(--hl-surface); color: var(--hl-muted); font-size: var(--hl-size-label);
  }
  .head { position: relative; width: var(--size); cursor: pointer; text-align: center; }
  canvas {
    display: block; box-sizing: border-box; width: var(--size); height: var(--size); image-rendering: pixelated;
    border: 1px solid var(--hl-border); border-radius: 4px;
  }
  .tight canvas { border-radius: 2px; }
  .head:hover canvas { border-color: var(--hl-faint); }
  .head[aria-selected='true'] canvas {
    border-color: var(--frame); outline: 2px solid var(--frame);
    outline-offset: -1px;
  }
  .off canvas { opacity: 0.35; }
  .off::after {
    content: ''; position: absolute; left: 0; top: 0; width: var(--size); height: var(--size); pointer-events: none;
    background: linear-gradient(to top right, transparent calc(50% - 1.5px), var(--hl-warning) calc(50% - 1px),
      var(--hl-warning) calc(50% + 1px), transparent calc(50% + 1.5px));
  }
  .edited canvas { border: 2px dashed var(--hl-warning); }
  .tight .head[aria-selected='true'] canvas { outline-width: 1px; outline-offset: 0; }
  .head:focus-visible { outline: none; }
  .head:focus-visible canvas { outline: 2px solid var(--hl-text); outline-offset: 1px; }
  .badge {
    display: block; margin: 3px -3px 0; padding: 0 1px; color: var(--hl-muted); font-size: 10px; line-height: 13px;
    font-variant-numeric: tabular-nums; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
  }
  .strong { color: var(--hl-accent); background: var(--hl-accent-soft); border-radius: 6px; }
  .dot {
    position: absolute; top: 1px; right: 1px; width: 5px; height: 5px; border-radius: 50%;
    background: var(--hl-faint); outline: 1px solid var(--hl-surface);
  }
  .dot.strong { background: var(--hl-accent); }
  .called {
    display: block; margin: 3px -3px 0; line-height: 11px; white-space: normal; overflow-wrap: anywhere; hyphens: auto;
  }
  .count, .bare { position: absolute; top: -4px; right: -4px; }
  .bare .count { position: static; display: block; }
  .count { font-size: 9px; line-height: 12px; }
  .tight :is(.count, .bare) { top: auto; right: -1px; bottom: -1px; }
  .tight .count { min-width: 6px; padding: 0 2px; font-size: 8px; line-height: 10px; }
`;
