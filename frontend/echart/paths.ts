export type Point = [number, number];

/** The smallest and the largest finite value, widened by `padding` of their distance; never of zero length. */
export function extent(values: ArrayLike<number>, padding: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [-1, 1];
  const room = (high - low || Math.abs(high) || 1) * padding;
  return [low - room, high + room];
}

/** The points of one token on its way through the layers; arrays are row-major by layer. */
export function pathOf(x: Float32Array, y: Float32Array, tokens: number, token: number): Point[] {
  const points: Point[] = [];
  for (let at = token; at < x.length; at += tokens) points.push([x[at], y[at]]);
  return points;
}

/** Square of the distance from a point to the segment a–b. */
export function toSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2;
}

/** The path that passes nearest to the point within `reach`, and its stage nearest to it; path -1 when none does. */
export function nearestPath(paths: Point[][], point: Point, reach: number): { path: number; stage: number } {
  let path = -1;
  let least = reach * reach;
  paths.forEach((points, index) => {
    for (let i = 0; i < points.length; i++) {
      const distance = toSegment(point, points[Math.max(0, i - 1)], points[i]);
      if (distance < least) [path, least] = [index, distance];
    }
  });
  return { path, stage: path < 0 ? -1 : nearestStage(paths[path], point) };
}

function nearestStage(points: Point[], [x, y]: Point): number {
  const distances = points.map(([px, py]) => (px - x) ** 2 + (py - y) ** 2);
  return distances.indexOf(Math.min(...distances));
}
