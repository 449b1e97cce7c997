export type Quantity = 'probability' | 'rank' | 'kl';

export interface LensCell {
  top: Array<{ id: number; label: string; p: number }>;
  /** Rank of the token that really follows, 1 = first guess; null where nothing follows. */
  rank: number | null;
  /** Nats from this stage's distribution to the final one. */
  kl: number;
  /** Probability of the token that really follows. */
  correct: number | null;
}

/** A rank of this or more is as pale as can be. */
export const WORST_RANK = 1000;

/** How strongly a cell is coloured, 0..1; null for a cell without the quantity. */
export function strength(cell: LensCell, quantity: Quantity, largestKl: number): number | null {
  if (quantity === 'probability') return cell.top.length > 0 ? cell.top[0].p : null;
  if (quantity === 'kl') return Number.isFinite(cell.kl) ? Math.min(1, cell.kl / (largestKl || 1)) : null;
  return cell.rank === null ? null : 1 - Math.min(1, Math.log10(cell.rank) / Math.log10(WORST_RANK));
}

export function largestKl(cells: LensCell[][]): number {
  return cells.flat().reduce((most, { kl }) => (Number.isFinite(kl) ? Math.max(most, kl) : most), 0);
}

/** The columns to draw: those in view, rounded outwards to whole blocks so that scrolling seldom draws anew. */
export function columnsInView(
  left: number,
  width: number,
  column: number,
  count: number,
  block = 8,
): [first: number, end: number] {
  const first = Math.floor(left / column / block - 0.5) * block;
  const end = Math.ceil((left + width) / column / block + 0.5) * block;
  return [Math.max(0, Math.min(first, count)), Math.max(0, Math.min(end, count))];
}

/** Where a key leads from a cell, within the table; null when it leads nowhere. From outside, the first key enters. */
export function moved(
  [stage, position]: [number, number],
  key: string,
  stages: number,
  positions: number,
): [stage: number, position: number] | null {
  const [row, column] = [Math.max(0, stage), Math.max(0, position)];
  const next = {
    ArrowLeft: [row, position - 1],
    ArrowRight: [row, position + 1],
    ArrowUp: [stage - 1, column],
    ArrowDown: [stage + 1, column],
    Home: [row, 0],
    End: [row, positions - 1],
  }[key];
  return next ? [within(next[0], stages), within(next[1], positions)] : null;
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
