import { css } from 'lit';
import { path, pointOn, type Curve } from './curve.ts';
import { signed } from './numbers.ts';
import { tag, textTag } from './svg.ts';

/** A colour or face of the theme: as a variable on the page, as it stands in a file. */
export type Theme = (variable: string) => string;

/** By what a head reads; plain: what is no head's. */
export type Kind = 'Q' | 'K' | 'V' | 'plain';

/** Blue, vermilion and bluish green: Okabe and Ito's, told apart by colour-blind people; grey for the rest. */
export const COLOURS: Record<Kind, string> = {
  Q: '--hl-series-5',
  K: '--hl-series-2',
  V: '--hl-series-3',
  plain: '--hl-series-8',
};

/** An edge as a line of some width. */
export function line(way: Curve, stroke: string, width: number, opacity: number, dash = 'none'): string {
  return tag('path', {
    d: path(way),
    fill: 'none',
    stroke,
    'stroke-width': width.toFixed(2),
    'stroke-opacity': opacity.toFixed(2),
    ...(dash === 'none' ? {} : { 'stroke-dasharray': dash }),
    'stroke-linecap': 'round',
  });
}

/** The figure of an edge in the middle of its way. */
export function figure(way: Curve, value: number, stroke: string, whole: number, theme: Theme): string {
  const [x, y] = pointOn(way, 0.5);
  const text = signed(value, 3);
  const width = 7 * text.length + 8;
  const left = Math.max(0, Math.min(whole - width, x + 6));
  return (
    tag('rect', { x: left, y: y - 9, width, height: 18, rx: 4, fill: theme('--hl-surface'), stroke }) +
    textTag(left + width / 2, y + 4, text, {
      fill: theme('--hl-text'),
      'font-family': theme('--hl-font'),
      'font-size': 11,
      'text-anchor': 'middle',
    })
  );
}

/** The frame of a node. */
export function box(place: { x: number; y: number; width: number; height: number }, framed: boolean, end: boolean, theme: Theme): string {
  const { x, y, width, height } = place;
  return tag('rect', {
    x: x - width / 2,
    y: y - height / 2,
    width,
    height,
    rx: 5,
    fill: theme(framed ? '--hl-accent-soft' : end ? '--hl-surface-sunken' : '--hl-surface'),
    stroke: theme(framed ? '--hl-accent' : end ? '--hl-border' : '--hl-faint'),
    'stroke-width': framed ? 1.8 : 1,
  });
}

/** The key of the colours of queries, keys and values, and a caption, below a picture in a file. */
export function keyAndCaption(height: number, caption: string, theme: Theme): string {
  const font = { 'font-family': theme('--hl-font'), 'font-size': 11, fill: theme('--hl-muted') };
  const kinds = (['Q', 'K', 'V'] as Kind[]).map(
    (kind, i) =>
      tag('rect', { x: 8 + 46 * i, y: height + 12, width: 14, height: 3, fill: theme(COLOURS[kind]) }) +
      textTag(26 + 46 * i, height + 18, kind, font),
  );
  return kinds.join('') + textTag(150, height + 18, caption, font);
}

export const graphStyles = css`
  :host {
    display: block; position: relative; min-width: 0; color: var(--hl-text);
    font: var(--hl-size-small) / 1.4 var(--hl-font);
  }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; min-height: 26px; margin-bottom: 4px; }
  headlight-picture-menu { margin-left: auto; }
  .scroll {
    overflow: auto; max-height: var(--hl-graph-height, none); border-radius: 4px; scrollbar-width: thin;
    scrollbar-color: var(--hl-border) transparent;
  }
  .scroll:focus-visible { outline: 2px solid var(--hl-accent); outline-offset: 1px; }
  svg { display: block; }
  .edges.faded { opacity: 0.16; }
  .scroll[data-over] { cursor: pointer; }
  p { margin: 4px 0 0; color: var(--hl-muted); }
  .caption { font-size: var(--hl-size-label); font-variant-numeric: tabular-nums; }
`;
