import { css } from 'lit';

export const styles = css`
  :host {
    display: block; min-width: 0; container-type: inline-size; color: var(--hl-text);
    font: var(--hl-size-small) / 1.4 var(--hl-font);
  }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; min-height: 26px; margin-bottom: 4px; }
  h3 {
    flex: 1 1 140px; margin: 0; font: 600 var(--hl-size-small) / 1.4 var(--hl-font); color: var(--hl-muted);
    white-space: pre-wrap; overflow-wrap: anywhere;
  }
  .list { font-variant-numeric: tabular-nums; }
  .line {
    display: grid; grid-template-columns: minmax(0, 190px) 62px minmax(60px, 1fr); column-gap: 10px;
    align-items: center; box-sizing: border-box; width: 100%; min-height: 22px; padding: 0 6px; text-align: left;
  }
  .head { color: var(--hl-muted); }
  .group { margin-top: 4px; color: var(--hl-muted); border-top: 1px solid var(--hl-border); }
  .path { border: 0; border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; }
  .path:hover { background: var(--hl-surface-sunken); }
  .path:focus-visible, .more:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: -1px; }
  .path[aria-expanded='true'] .name { color: var(--hl-accent); font-weight: 600; }
  .name { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .sign { display: inline-block; width: 14px; color: var(--hl-faint); }
  .value { text-align: right; }
  .track { position: relative; height: 12px; }
  .zero { position: absolute; top: -5px; bottom: -5px; width: 1px; background: var(--hl-border); }
  .bar { position: absolute; top: 2px; height: 8px; min-width: 1px; border-radius: 1px; }
  .up { background: var(--hl-positive); }
  .down { background: var(--hl-negative); }
  .part { min-height: 20px; }
  .part.hovered, .part:hover { background: var(--hl-surface-sunken); border-radius: 4px; }
  .part .name { padding-left: 20px; font-family: var(--hl-mono); white-space: pre; }
  .part .bar { top: 3px; height: 6px; opacity: 0.75; }
  .place, .rest { font: var(--hl-size-label) var(--hl-font); color: var(--hl-muted); }
  .part .name.rest { font-family: var(--hl-font); }
  .nowhere { margin: 0; padding: 1px 6px 3px 26px; color: var(--hl-muted); }
  .more {
    margin: 4px 6px; padding: 3px 9px; border: 1px solid var(--hl-border); border-radius: 6px; background: none;
    color: var(--hl-accent); font: inherit; cursor: pointer;
  }
  footer {
    /* Over the room for the ring of the focus, too, where the list scrolls. */
    position: sticky; bottom: -4px; margin-top: 6px; padding: 5px 6px 6px; border-top: 1px solid var(--hl-border);
    background: var(--hl-surface); color: var(--hl-muted);
    font-variant-numeric: tabular-nums;
  }
  footer b { color: var(--hl-text); font-weight: 600; }
  footer .differs { color: var(--hl-warning); }
  .empty { margin: 8px 0; color: var(--hl-muted); }
  @container (max-width: 400px) {
    .line { grid-template-columns: minmax(0, 1.5fr) 52px minmax(50px, 1fr); column-gap: 6px; padding: 0 2px; }
    .part .name { padding-left: 8px; }
  }
`;
