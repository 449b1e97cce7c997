import { shortened } from '../echart/labels.ts';
import { signed } from '../picture/numbers.ts';
import { svgDocument, tag, textTag } from '../picture/svg.ts';
import { EMBED, excess, same, UNEMBED, type Edge, type Graph, type Kind } from './graph.ts';
import { curve, path, pointOn, type Curve, type Layout } from './layout.ts';

/** A colour or face of the theme: as a variable on the page, as it stands in a file. */
export type Theme = (variable: string) => string;

/** Blue, vermilion and bluish green: Okabe and Ito's, told apart by colour-blind people; grey for the rest. */
export const COLOURS: Record<Kind, string> = {
  Q: '--hl-series-5',
  K: '--hl-series-2',
  V: '--hl-series-3',
  plain: '--hl-series-8',
};

export interface Scene {
  graph: Graph;
  layout: Layout;
  edges: Edge[];
  curves: Array<Curve | undefined>;
  /** The largest score above chance, which has the widest line. */
  most: number;
}

const shareOf = (edge: Edge, most: number) => Math.max(0, Math.min(1, excess(edge) / (most || 1)));

/** How wide an edge is drawn. */
export const widthOf = (edge: Edge, most: number) => 1 + 5 * shareOf(edge, most);

/** The edges, the weakest at the bottom. */
export function edgesDrawing({ edges, curves, most }: Scene, theme: Theme): string {
  const lines = edges.map((edge, i) => {
    const way = curves[i];
    if (!way) return '';
    return line(way, theme(COLOURS[edge.kind]), widthOf(edge, most), 0.3 + 0.65 * shareOf(edge, most));
  });
  return lines.reverse().join('');
}

function line(way: Curve, stroke: string, width: number, opacity: number): string {
  const rounded = { width: width.toFixed(2), opacity: opacity.toFixed(2) };
  return tag('path', {
    d: path(way),
    fill: 'none',
    stroke,
    'stroke-width': rounded.width,
    'stroke-opacity': rounded.opacity,
    'stroke-linecap': 'round',
  });
}

/** Edges that stand out: in full strength, a single one with its figure. */
export function markedDrawing(scene: Scene, edges: Edge[], theme: Theme): string {
  const parts = edges.map((edge) => {
    const way = curve(scene.layout, edge);
    if (!way) return '';
    const width = 2 + 4.5 * shareOf(edge, scene.most);
    return line(way, theme('--hl-surface'), width + 3, 1) + line(way, theme(COLOURS[edge.kind]), width, 1);
  });
  return parts.join('') + (edges.length === 1 ? figure(scene, edges[0], theme) : '');
}

function figure({ layout }: Scene, edge: Edge, theme: Theme): string {
  const way = curve(layout, edge);
  if (!way) return '';
  const [x, y] = pointOn(way, 0.5);
  const text = signed(excess(edge), 3);
  const width = 7 * text.length + 8;
  const left = Math.max(0, Math.min(layout.width - width, x + 6));
  const box = { x: left, y: y - 9, width, height: 18, rx: 4, fill: theme('--hl-surface') };
  return (
    tag('rect', { ...box, stroke: theme(COLOURS[edge.kind]) }) +
    textTag(left + width / 2, y + 4, text, {
      fill: theme('--hl-text'),
      'font-family': theme('--hl-font'),
      'font-size': 11,
      'text-anchor': 'middle',
    })
  );
}

/** The nodes, those in `strong` framed in the accent, and the layers' names. */
export function nodesDrawing({ graph, layout }: Scene, strong: Set<string>, theme: Theme): string {
  const badges = new Map((graph.badges ?? []).map(({ head, label }) => [head, label]));
  const font = { 'font-family': theme('--hl-font'), 'text-anchor': 'middle' };
  const parts: string[] = [];
  for (const [name, { x, y, width, height }] of layout.boxes) {
    const framed = strong.has(name);
    const end = name === EMBED || name === UNEMBED;
    const box = { x: x - width / 2, y: y - height / 2, width, height, rx: 5 };
    parts.push(
      tag('rect', {
        ...box,
        fill: theme(framed ? '--hl-accent-soft' : end ? '--hl-surface-sunken' : '--hl-surface'),
        stroke: theme(framed ? '--hl-accent' : end ? '--hl-border' : '--hl-faint'),
        'stroke-width': framed ? 1.8 : 1,
      }),
    );
    const badge = badges.get(name);
    const words = badge && layout.badges;
    const fill = theme(framed ? '--hl-accent' : '--hl-text');
    parts.push(textTag(x, y + (words ? -2 : 4), title(name, width), { ...font, fill, 'font-size': width < 30 ? 10 : 12 }));
    if (words) {
      const label = shortened(badge, Math.floor(width / 5.6));
      parts.push(textTag(x, y + 11, label, { ...font, fill: theme('--hl-accent'), 'font-size': 10 }));
    } else if (badge) {
      parts.push(tag('circle', { cx: box.x + width - 2, cy: box.y + 2, r: 3, fill: theme('--hl-accent') }));
    }
  }
  return parts.join('') + layerNames(layout, theme);
}

function title(name: string, width: number): string {
  if (name === EMBED) return 'embedding';
  if (name === UNEMBED) return 'unembedding';
  if (width >= 42) return name;
  return name.slice(name.indexOf('H') + (width >= 28 ? 0 : 1));
}

function layerNames({ boxes, layers }: Layout, theme: Theme): string {
  const font = { 'font-family': theme('--hl-font'), 'font-size': 11, fill: theme('--hl-muted') };
  const names = Array.from({ length: layers }, (_, layer) => {
    const head = boxes.get(`L${layer}H0`);
    return head ? textTag(2, head.y + 4, `L${layer}`, font) : '';
  });
  return names.join('');
}

/** The whole picture with its key, for a file. */
export function graphSvg(scene: Scene, caption: string, theme: Theme): string {
  const { width, height } = scene.layout;
  const font = { 'font-family': theme('--hl-font'), 'font-size': 11, fill: theme('--hl-muted') };
  const chosen = scene.edges.filter((edge) => same(edge, scene.graph.selected));
  const kinds = (['Q', 'K', 'V'] as Kind[]).map(
    (kind, i) =>
      tag('rect', { x: 8 + 46 * i, y: height + 12, width: 14, height: 3, fill: theme(COLOURS[kind]) }) +
      textTag(26 + 46 * i, height + 18, kind, font),
  );
  const content = [
    edgesDrawing(scene, theme),
    markedDrawing(scene, chosen, theme),
    nodesDrawing(scene, new Set(), theme),
    ...kinds,
    textTag(150, height + 18, caption, font),
  ];
  return svgDocument(Math.max(width, 170 + 6.2 * caption.length), height + 30, theme('--hl-surface'), content.join(''));
}
