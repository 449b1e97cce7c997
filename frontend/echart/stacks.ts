/** Equal intervals from `low` to `high` and the values that lie in each. */
export interface Stacks {
  low: number;
  high: number;
  width: number;
  /** Numbers of the values in each interval, the smallest value first. */
  stacks: number[][];
}

/** Scores from -1 to 1 in intervals of 0.1; values beyond widen the range by whole intervals. Others are left out. */
export function stacked(values: number[], width = 0.1): Stacks {
  const finite = values.map((value, index) => ({ value, index })).filter(({ value }) => Number.isFinite(value));
  const least = finite.reduce((low, { value }) => Math.min(low, value), -1);
  const most = finite.reduce((high, { value }) => Math.max(high, value), 1);
  const step = Math.max(width, (most - least) / 60);
  const below = Math.ceil(-least / step - 1e-9);
  const above = Math.ceil(most / step - 1e-9);
  const stacks: number[][] = Array.from({ length: below + above }, () => []);
  for (const { value, index } of finite.sort((a, b) => a.value - b.value)) {
    const at = Math.floor(value / step + 1e-9) + below;
    stacks[Math.min(stacks.length - 1, Math.max(0, at))].push(index);
  }
  return { low: -below * step, high: above * step, width: step, stacks };
}

/** So many empty intervals stand on both sides of the only one that has values. */
const ALONE = 5;

/** Any values in some twenty intervals of a round width that reach from the smallest to the largest. */
export function fitted(values: number[]): Stacks {
  const finite = values.map((value, index) => ({ value, index })).filter(({ value }) => Number.isFinite(value));
  if (finite.length === 0) return { low: 0, high: 1, width: 1, stacks: [[]] };
  const least = Math.min(...finite.map(({ value }) => value));
  const most = Math.max(...finite.map(({ value }) => value));
  const width = round((most - least || Math.abs(most) || 1) / 20);  let first = Math.floor(least / width + 1e-9);
  let last = Math.max(first, Math.ceil(most / width - 1e-9) - 1);
  if (first === last) [first, last] = [first - ALONE, last + ALONE];
const stacks: number[][] = Array.from({ length: last - first + 1 }, () => []);
  for (const { value, index } of finite.sort((a, b) => a.value - b.value)) {
    stacks[Math.min(last, Math.floor(value / width + 1e-9)) - first].push(index);
  }
  return { low: first * width, high: (last + 1) * width, width, stacks };
}

/** The smallest of 1, 2, 5, 10, … that is not smaller. */
function round(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= width * (1 - 1e-9))!;
}

export function tallest({ stacks }: Stacks): number {
  return stacks.reduce((most, { length }) => Math.max(most, length), 0);
}
