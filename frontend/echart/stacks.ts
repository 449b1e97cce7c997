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

export function tallest({ stacks }: Stacks): number {
  return stacks.reduce((most, { length }) => Math.max(most, length), 0);
}
