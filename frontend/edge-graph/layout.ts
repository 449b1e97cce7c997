import type { Box, Curve } from '../picture/curve.ts';
import { rows, type Edge, type Kind } from './graph.ts';

/** A node in its row, counted from the embedding. */
export interface Placed extends Box {
  row: number;
}

export interface Layout {
  width: number;
  height: number;
  boxes: Map<string, Placed>;
}

const MARGIN = 8;
const LEAST = 46;
const WIDEST = 76;
const GAP = 8;
const HEIGHT = 26;

/** The most that a node may be wide that has a name of several words. */
const NAMED = 170;

/** The embedding at the bottom, the logits at the top, and a row for each layer's heads and MLP that has an edge. */
export function layout(width: number, edges: Edge[], wide = new Set<string>()): Layout {
  const all = rows(edges);
  const most = Math.max(...all.map((row) => row.length));
  const whole = Math.max(width, most * LEAST + 2 * MARGIN);
  const rise = HEIGHT + (all.length <= 5 ? 64 : all.length <= 10 ? 46 : 34);
  const height = 2 * MARGIN + HEIGHT + (all.length - 1) * rise;
  const boxes = new Map<string, Placed>();
  all.forEach((row, index) => {
    const pitch = (whole - 2 * MARGIN) / row.length;
    row.forEach((node, place) =>
      boxes.set(node, {
        x: MARGIN + (place + 0.5) * pitch,
        y: height - MARGIN - HEIGHT / 2 - index * rise,
        width: Math.min(wide.has(node) ? NAMED : WIDEST, pitch - GAP),
        height: HEIGHT,
        row: index,
      }),
    );
  });
  return { width: whole, height, boxes };
}

/** A head is read at three places: its queries at the left, keys in the middle, values at the right. */
const PORT: Record<Kind, number> = { Q: -0.3, K: 0, V: 0.3, plain: 0 };

/** The way of an edge; where it passes other rows it bends aside, so that it does not run behind their nodes. */
export function curve({ boxes, width }: Layout, { from, to, kind }: Pick<Edge, 'from' | 'to' | 'kind'>): Curve | undefined {
  const [writer, reader] = [boxes.get(from), boxes.get(to)];
  if (!writer || !reader) return undefined;
  const [x0, y0] = [writer.x, writer.y - writer.height / 2];
  const [x3, y3] = [reader.x + PORT[kind] * reader.width, reader.y + reader.height / 2];
  const passed = reader.row - writer.row - 1;
  const side = (x0 + x3) / 2 > width / 2 ? 1 : -1;
  const room = side > 0 ? width - MARGIN - Math.max(x0, x3) : Math.min(x0, x3) - MARGIN;
  const bend = passed > 0 ? side * Math.min(room, 40 + 26 * passed) : 0;
  const lift = (y0 - y3) * 0.42;
  return [x0, y0, x0 + bend, y0 - lift, x3 + bend, y3 + lift, x3, y3];
}
