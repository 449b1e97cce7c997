/** A node, by its middle. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A cubic from the top of the writer to the bottom of the reader. */
export type Curve = [x0: number, y0: number, x1: number, y1: number, x2: number, y2: number, x3: number, y3: number];

export function pointOn([x0, y0, x1, y1, x2, y2, x3, y3]: Curve, t: number): [number, number] {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
}

export function path([x0, y0, x1, y1, x2, y2, x3, y3]: Curve): string {
  const round = (value: number) => Math.round(value * 10) / 10;
  return `M${[x0, y0].map(round)} C${[x1, y1, x2, y2, x3, y3].map(round)}`;
}

const SAMPLES = 20;

/**
 * The number of the curve whose stroke is nearest to a point, -1 when none lies within `reach`. Of several strokes under
 * the point it is the first, as that is drawn over the others.
 */
export function nearest(curves: Array<Curve | undefined>, widths: number[], x: number, y: number, reach: number): number {
  let best = -1;
  let least = reach;
  curves.forEach((curve, index) => {
    if (!curve || y > curve[1] + reach || y < curve[7] - reach) return;
    let [px, py] = [curve[0], curve[1]];
    for (let i = 1; i <= SAMPLES; i++) {
      const [qx, qy] = pointOn(curve, i / SAMPLES);
      const away = Math.max(0, Math.sqrt(distance(x, y, px, py, qx, qy)) - widths[index] / 2);
      if (away < least) [best, least] = [index, away];
      [px, py] = [qx, qy];
    }
  });
  return best;
}

/** Square of the distance from a point to a piece of a line. */
function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2;
}

/** The node under a point; undefined when there is none. */
export function nodeAt(boxes: Map<string, Box>, x: number, y: number): string | undefined {
  for (const [name, box] of boxes) {
    if (Math.abs(x - box.x) <= box.width / 2 && Math.abs(y - box.y) <= box.height / 2) return name;
  }
  return undefined;
}
