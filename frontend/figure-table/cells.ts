import { exact, fixed, percent, signed } from '../picture/numbers.ts';

export type Kind = 'TEXT' | 'TOKENS' | 'FIGURE' | 'SIGNED' | 'SHARE';

export type Cell = string | number | null;

/** What is not there arrives as null or, of a NaN, as the word. */
export function valueOf(cell: Cell, kind: Kind): string | number {
  return isFigure(kind) ? Number(cell ?? Number.NaN) : String(cell ?? '');
}

export function isFigure(kind: Kind): boolean {
  return kind !== 'TEXT' && kind !== 'TOKENS';
}

/** As it stands in the table. */
export function written(cell: Cell, kind: Kind): string {
  const value = valueOf(cell, kind);
  if (typeof value === 'string') return value;
  if (Number.isNaN(value)) return '–';
  if (kind === 'FIGURE') return fixed(value, 3);
  return kind === 'SHARE' ? percent(value) : signed(value);
}

/** With every digit, for tooltips. */
export function inFull(cell: Cell, kind: Kind): string {
  const value = valueOf(cell, kind);
  if (typeof value === 'string') return value;
  return Number.isNaN(value) ? 'none' : exact(value);
}
