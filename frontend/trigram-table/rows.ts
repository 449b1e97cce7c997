export interface Named {
  id: number;
  label: string;
}

export type Role = 'source' | 'destination' | 'output';

/** "source … destination → output". */
export interface Trigram extends Record<Role, Named> {
  /** How strongly the destination attends to the source: the entry of the full QK circuit. */
  qk: number;
  /** How much the source raises the output: the entry of the full OV circuit. */
  ov: number;
  /** Whether it comes along with others although the text has no reason for it. */
  bug: boolean;
}

export const ROLES: Role[] = ['source', 'destination', 'output'];

/** The rows of which a token holds the text, whichever of the three; a space is written as a space or as "·". */
export function found(rows: Trigram[], query: string): Trigram[] {
  const wanted = folded(query);
  return wanted === '' ? rows : rows.filter((row) => ROLES.some((role) => folded(row[role].label).includes(wanted)));
}

function folded(text: string): string {
  return text.replaceAll(' ', '·').toLowerCase();
}

/** What a column sorts by: the three tokens, QK, OV, and whether it is a bug. */
export function valueOf(row: Trigram, column: number): string | number {
  return column < 3 ? row[ROLES[column]].label : [row.qk, row.ov, Number(row.bug)][column - 3];
}
