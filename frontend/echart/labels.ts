/** At most `max` characters, the last one an ellipsis when some were cut. Surrogate pairs stay whole. */
export function shortened(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : characters.slice(0, max - 1).join('') + '…';
}

/**
 * The labels along an axis that can stand without touching: every nth (n = 1, 2, 5, 10, 20, …), except those too
 * close to one that must stand.
 */
export function thinned(count: number, pitch: number, room: number, always: number[] = []): Set<number> {
  const kept = new Set(always.filter((index) => index >= 0 && index < count));
  const step = stride(room / pitch);
  const clear = Math.ceil(room / pitch);
  for (let index = 0; index < count; index += step) {
    const free = [...kept].every((other) => !always.includes(other) || Math.abs(other - index) >= clear);
    if (free) kept.add(index);
  }
  return kept;
}

/** The smallest of 1, 2, 5, 10, 20, 50, … that is at least `least`. */
export function stride(least: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const factor of [1, 2, 5]) if (unit * factor >= least - 1e-9) return unit * factor;
  }
}

/** Places as near as can be to those wanted, at least `room` apart and, as long as there is room, within low..high. */
export function spread(wanted: number[], room: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b]);
  const gap = Math.min(room, (high - low) / Math.max(1, wanted.length - 1));
  const out = [...wanted];
  let least = low;
  for (const index of order) {
    out[index] = Math.max(out[index], least);
    least = out[index] + gap;
  }
  let most = high;
  for (const index of order.reverse()) {
    out[index] = Math.min(out[index], most);
    most = out[index] - gap;
  }
  return out;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Takes the box into `placed` unless it would cover one that is already there; says whether it did. */
export function place(placed: Box[], box: Box): boolean {
  const covered = placed.some(
    (other) =>
      box.x < other.x + other.width &&
      other.x < box.x + box.width &&
      box.y < other.y + other.height &&
      other.y < box.y + box.height,
  );
  if (!covered) placed.push(box);
  return !covered;
}
