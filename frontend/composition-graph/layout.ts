import type { Box, Curve } from '../picture/curve.ts';
import { EMBED, layerOf, nodes, UNEMBED, type Edge, type Kind } from './graph.ts';

export interface Layout {
  width: number;
  height: number;
  boxes: Map<string, Box>;
  pitch: number;
  layers: number;
  /** Where the names of the layers stand. */
  left: number;
  /** Whether badges have room as words. */
  badges: boolean;
}

const LEFT = 30;
/** Room at the right for the direct path. */
const RIGHT = 26;
const MARGIN = 6;
const NARROWEST = 21;
const WIDEST = 72;
const END = 24;
const ROOM_FOR_WORDS = 44;

/** The embedding at the bottom, the unembedding at the top, a row of heads for each layer between. */
export function layout(width: number, layers: number, heads: number, badged: boolean): Layout {
  const pitch = Math.max(NARROWEST, (width - LEFT - RIGHT) / Math.max(1, heads));
  const whole = heads === 0 ? Math.max(120, width) : Math.max(width, Math.floor(LEFT + heads * pitch + RIGHT));
  const nodeWidth = Math.min(WIDEST, pitch - (pitch < 36 ? 4 : 8));
  const badges = badged && nodeWidth >= ROOM_FOR_WORDS;
  const nodeHeight = badges ? 36 : 24;
  const gap = layers <= 3 ? 64 : layers <= 6 ? 48 : 38;
  const rise = nodeHeight + gap;
  const height = 2 * MARGIN + 2 * END + gap + layers * rise;
  const boxes = new Map<string, Box>();
  const middle = LEFT + (whole - LEFT) / 2 - MARGIN / 2;
  const end = { x: middle, width: whole - LEFT - MARGIN, height: END };
  for (const node of nodes(layers, heads)) {
    const layer = layerOf(node, layers);
    if (node === EMBED) boxes.set(node, { ...end, y: height - MARGIN - END / 2 });
    else if (node === UNEMBED) boxes.set(node, { ...end, y: MARGIN + END / 2 });
    else {
      const head = Number(/H(\d+)$/.exec(node)![1]);
      const y = height - MARGIN - END - gap - nodeHeight / 2 - layer * rise;
      boxes.set(node, { x: LEFT + (head + 0.5) * pitch, y, width: nodeWidth, height: nodeHeight });
    }
  }
  return { width: whole, height, boxes, pitch, layers, left: LEFT, badges };
}

/** A head is read at three places: its queries at the left, keys in the middle, values at the right. */
const PORT: Record<Kind, number> = { Q: -0.28, K: 0, V: 0.28, plain: 0 };

/** The way of an edge. Where it passes other layers it bends into the gap beside its column. */
export function curve(at: Layout, { from, to, kind }: Pick<Edge, 'from' | 'to' | 'kind'>): Curve | undefined {
  const [writer, reader] = [at.boxes.get(from), at.boxes.get(to)];
  if (!writer || !reader) return undefined;
  const right = at.width - MARGIN - RIGHT / 2 + 2;
  const port = to === UNEMBED ? 0 : PORT[kind] * reader.width;
  const x3 = to === UNEMBED ? (from === EMBED ? right : writer.x) : reader.x + port;
  const x0 = from === EMBED ? (to === UNEMBED ? right : reader.x + port) : writer.x;
  const [y0, y3] = [writer.y - writer.height / 2, reader.y + reader.height / 2];
  const passes = layerOf(to, at.layers) - layerOf(from, at.layers) > 1 && x0 !== right;
  const side = Math.max(x0, x3) + 0.6 * at.pitch > at.width - MARGIN ? -1 : 1;
  const bend = passes ? side * 0.66 * at.pitch : 0;
  const lift = (y0 - y3) * 0.42;
  return [x0, y0, x0 + bend, y0 - lift, x3 + bend, y3 + lift, x3, y3];
}
