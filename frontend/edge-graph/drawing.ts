import type { Curve } from '../picture/curve.ts';
import { box, COLOURS, figure, keyAndCaption, line, type Theme } from '../picture/graph-drawing.ts';
import { svgDocument, textTag } from '../picture/svg.ts';
import { EMBED, LOGITS, type Edge, type EdgeGraphData, type Group } from './graph.ts';
import type { Layout } from './layout.ts';

export interface Scene {
  data: EdgeGraphData;
  layout: Layout;
  /** The largest effect first. */
  edges: Edge[];
  curves: Array<Curve | undefined>;
  /** By the node that stands for it. */
  names: Map<string, Group>;
  /** Those on a way from the embedding to the logits. */
  way: Set<Edge>;
}

const shareOf = ({ data }: Scene, { effect }: Edge) => Math.abs(effect) / (Math.abs(data.edges[0]?.effect ?? 0) || 1);

export const widthOf = (scene: Scene, edge: Edge) => 1.2 + 6 * shareOf(scene, edge);

/** Whether the behaviour is weaker where an edge is patched. */
export const supports = ({ data }: Scene, { effect }: Edge) => effect * data.sign > 0;

function lineOf(scene: Scene, edge: Edge, way: Curve, theme: Theme, strong: boolean): string {
  const width = widthOf(scene, edge) + (strong ? 1 : 0);
  const opacity = strong ? 1 : scene.way.has(edge) ? 0.75 : 0.25;
  return line(way, theme(COLOURS[edge.kind]), width, opacity, supports(scene, edge) ? 'none' : '5 4');
}

/** The edges, the weakest at the bottom. */
export function edgesDrawing(scene: Scene, theme: Theme): string {
  return scene.edges
    .map((edge, i) => (scene.curves[i] ? lineOf(scene, edge, scene.curves[i], theme, false) : ''))
    .reverse()
    .join('');
}

/** Edges that stand out; a single one with its figure. */
export function markedDrawing(scene: Scene, marked: Edge[], theme: Theme): string {
  const lines = marked.map((edge) => {
    const way = scene.curves[scene.edges.indexOf(edge)];
    return way ? lineOf(scene, edge, way, theme, true) : '';
  });
  return lines.join('') + (marked.length === 1 ? figureOf(scene, marked[0], theme) : '');
}

function figureOf(scene: Scene, edge: Edge, theme: Theme): string {
  const way = scene.curves[scene.edges.indexOf(edge)];
  return way ? figure(way, edge.effect, theme(COLOURS[edge.kind]), scene.layout.width, theme) : '';
}

/** As much of a name as a node has room for. */
function fitting(name: string, width: number): string {
  const most = Math.max(4, Math.floor((width - 8) / 6.4));
  return name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`;
}

/** The nodes, those in `strong` framed in the accent. */
export function nodesDrawing({ layout, names }: Scene, strong: Set<string>, theme: Theme): string {
  const parts: string[] = [];
  for (const [name, { x, y, width, height }] of layout.boxes) {
    const framed = strong.has(name);
    const end = name === EMBED || name === LOGITS;
    parts.push(
      box({ x, y, width, height }, framed, end, theme),
      textTag(x, y + 4, fitting(names.get(name)?.name ?? name, width), {
        'font-family': theme('--hl-font'),
        'text-anchor': 'middle',
        fill: theme(framed ? '--hl-accent' : '--hl-text'),
        'font-size': width < 42 ? 10 : 12,
      }),
    );
  }
  return parts.join('');
}

/** The whole picture with its key, for a file. */
export function graphSvg(scene: Scene, caption: string, theme: Theme): string {
  const { width, height } = scene.layout;
  const content = [
    edgesDrawing(scene, theme),
    nodesDrawing(scene, new Set(), theme),
    keyAndCaption(height, caption, theme),
  ];
  return svgDocument(Math.max(width, 170 + 6.2 * caption.length), height + 30, theme('--hl-surface'), content.join(''));
}
