import { shortened } from '../echart/labels.ts';
import type { Curve } from '../picture/curve.ts';
import { box, COLOURS, figure, keyAndCaption, line, type Theme } from '../picture/graph-drawing.ts';
import { svgDocument, tag, textTag } from '../picture/svg.ts';
import { EMBED, excess, same, UNEMBED, type Edge, type Graph } from './graph.ts';
import { curve, type Layout } from './layout.ts';

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

/** Edges that stand out: in full strength, a single one with its figure. */
export function markedDrawing(scene: Scene, edges: Edge[], theme: Theme): string {
  const parts = edges.map((edge) => {
    const way = curve(scene.layout, edge);
    if (!way) return '';
    const width = 2 + 4.5 * shareOf(edge, scene.most);
    return line(way, theme('--hl-surface'), width + 3, 1) + line(way, theme(COLOURS[edge.kind]), width, 1);
  });
  return parts.join('') + (edges.length === 1 ? figureOf(scene, edges[0], theme) : '');
}

function figureOf({ layout }: Scene, edge: Edge, theme: Theme): string {
  const way = curve(layout, edge);
  return way ? figure(way, excess(edge), theme(COLOURS[edge.kind]), layout.width, theme) : '';
}

/** The nodes, those in `strong` framed in the accent, and the layers' names. */
export function nodesDrawing({ graph, layout }: Scene, strong: Set<string>, theme: Theme): string {
  const badges = new Map((graph.badges ?? []).map(({ head, label }) => [head, label]));
  const font = { 'font-family': theme('--hl-font'), 'text-anchor': 'middle' };
  const parts: string[] = [];
  for (const [name, { x, y, width, height }] of layout.boxes) {
    const framed = strong.has(name);
    const end = name === EMBED || name === UNEMBED;
    parts.push(box({ x, y, width, height }, framed, end, theme));
    const badge = badges.get(name);
    const words = badge && layout.badges;
    const fill = theme(framed ? '--hl-accent' : '--hl-text');
    parts.push(textTag(x, y + (words ? -2 : 4), title(name, width), { ...font, fill, 'font-size': width < 30 ? 10 : 12 }));
    if (words) {
      const label = shortened(badge, Math.floor(width / 5.6));
      parts.push(textTag(x, y + 11, label, { ...font, fill: theme('--hl-accent'), 'font-size': 10 }));
    } else if (badge) {
      parts.push(tag('circle', { cx: x + width / 2 - 2, cy: y - height / 2 + 2, r: 3, fill: theme('--hl-accent') }));
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
  const chosen = scene.edges.filter((edge) => same(edge, scene.graph.selected));
  const content = [
    edgesDrawing(scene, theme),
    markedDrawing(scene, chosen, theme),
    nodesDrawing(scene, new Set(), theme),
    keyAndCaption(height, caption, theme),
  ];
  return svgDocument(Math.max(width, 170 + 6.2 * caption.length), height + 30, theme('--hl-surface'), content.join(''));
}
