/** The complex plane with the angle as it is and the radius in decades, fitted to a unit disc. */
export interface LogPolar {
  /** Exponents of the rings, innermost first; the innermost stands at the centre. */
  low: number;
  high: number;
}

const MOST_DECADES = 4;

/** Decades that hold the magnitudes: whole powers of ten, the largest outside, at most four in all. */
export function decades(values: Array<[number, number]>): LogPolar {
  const sizes = values.map(([re, im]) => Math.hypot(re, im)).filter((size) => size > 0 && size < Infinity);
  if (sizes.length === 0) return { low: -1, high: 0 };
  const high = ceilingExponent(sizes.reduce((a, b) => Math.max(a, b)));
  const smallest = Math.floor(Math.log10(sizes.reduce((a, b) => Math.min(a, b))) + 1e-9);
  return { low: Math.min(high - 1, Math.max(smallest, high - MOST_DECADES)), high };
}

function ceilingExponent(size: number): number {
  return Math.ceil(Math.log10(size) - 1e-9) + 0;
}

/** 0 at the centre (10^low and all below it), 1 on the outermost ring. */
export function radius({ low, high }: LogPolar, size: number): number {
  return size <= 0 ? 0 : Math.max(0, (Math.log10(size) - low) / (high - low));
}

/** Where a value stands on the unit disc. */
export function project(plane: LogPolar, re: number, im: number): [number, number] {
  const size = Math.hypot(re, im);
  if (size === 0) return [0, 0];
  const r = radius(plane, size);
  return [(r * re) / size, (r * im) / size];
}

/** The index of the point nearest to (x, y), when it lies within `reach`; else -1. */
export function nearest(points: Array<[number, number]>, x: number, y: number, reach: number): number {
  let best = -1;
  let least = reach * reach;
  points.forEach(([px, py], index) => {
    const distance = (px - x) ** 2 + (py - y) ** 2;
    if (distance <= least) [best, least] = [index, distance];
  });
  return best;
}
