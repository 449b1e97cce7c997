/** The column that a table's rows are in the order of. */
export interface Sorting {
  column: number;
  descending: boolean;
}

/** What pressing a column's heading leads to: figures from the largest down and words from A first, then the other way
 * round, then the order in which the rows were given. */
export function pressed(sorting: Sorting | undefined, column: number, isNumber: boolean): Sorting | undefined {
  if (sorting?.column !== column) return { column, descending: isNumber };
  return sorting.descending === isNumber ? { column, descending: !isNumber } : undefined;
}

const words = new Intl.Collator('en', { numeric: true });

/** The rows in that order; figures that are no numbers come last, and equals stay as they were. */
export function sorted<R>(
  rows: R[],
  sorting: Sorting | undefined,
  value: (row: R, column: number) => string | number,
): R[] {
  if (!sorting) return rows;
  const { column, descending } = sorting;
  const keys = new Map(rows.map((row) => [row, value(row, column)]));
  const missing = (key: string | number) => typeof key === 'number' && Number.isNaN(key);
  return [...rows].sort((one, other) => {
    const [a, b] = [keys.get(one)!, keys.get(other)!];
    if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));
    return descending ? -order : order;
  });
}
