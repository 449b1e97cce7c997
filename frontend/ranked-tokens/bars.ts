import { fixed, signed } from '../picture/numbers.ts';

/** Length of a value's bar as a share of the longest. */
export function share(value: number, longest: number): number {
  return longest > 0 && Number.isFinite(value) ? Math.min(1, Math.abs(value) / longest) : 0;
}

/** Largest magnitude over all the lists. */
export function longest(...lists: Array<Array<{ value: number }>>): number {
  return lists.flat().reduce((most, { value }) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
}

/** Two decimals, with a sign where signs matter; a positive quantity too small for them says so. */
export function figure(value: number, isSigned: boolean): string {
  if (isSigned) return signed(value);
  return value > 0 && value < 0.005 ? '<0.01' : fixed(value, 2);
}
