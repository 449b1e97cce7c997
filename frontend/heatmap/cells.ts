import { floats } from '../shared/arrays.ts';
import type { Table } from '../shared/csv.ts';
import type { Token } from '../shared/tokens-data.ts';

export interface HeatmapData {
  name: string;
  title: string;
  rows: Axis;
  columns: Axis;
  /** Base64 of float32, row-major; NaN where there is no cell. */
  values: string;
  scale: 'diverging' | 'sequential';
  unit: string;
  /** What a cell's figure is, in full, as a table's column says it; the unit where that says enough. */
  figure?: string;
  /** What else is known of each cell, in float32 as `values`. */
  more?: Array<{ label: string; values: string }>;
}

/** What the rows or the columns are, in their order. */
export interface Axis {
  title: string;
  names: AxisName[];
}

/** A name; where it is a token its id, and where that stands in the sentence its position. */
export interface AxisName extends Token {
  position?: number;
}

/** Every cell with what its row and its column are, and with all that is known of it. */
export function heatmapTable({ rows, columns, unit, figure, more = [] }: HeatmapData, values: Float32Array): Table {
  const [row, column] = [axisCells(rows), axisCells(columns)];
  const others = more.map((other) => floats(other.values));
  const cells: Table['rows'] = [];
  values.forEach((value, index) => {
    const [r, c] = [Math.floor(index / columns.names.length), index % columns.names.length];
    if (!Number.isNaN(value)) {
      cells.push([...row.cells(r), ...column.cells(c), value, ...others.map((other) => known(other[index]))]);
    }
  });
  return { header: [...row.header, ...column.header, figure || unit || 'value', ...more.map(({ label }) => label)], rows: cells };
}

/** What is not a number stands as nothing in a table. */
function known(value: number): number | string {
  return Number.isNaN(value) ? '' : value;
}

/**
 * Where an arrow key leads from a cell: in two directions, over cells that are not there. The first key leads to the
 * cell that is selected; undefined for other keys.
 */
export function nextCell(values: Float32Array, columns: number, index: number, key: string, selected: [row: number, column: number]): number | undefined {
  const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[key];
  if (!move) return undefined;
  if (index < 0) return Math.max(0, selected[0]) * columns + Math.max(0, selected[1]);
  const rows = values.length / columns;
  let [row, column] = [Math.floor(index / columns), index % columns];
  for (;;) {
    row += move[0];
    column += move[1];
    if (row < 0 || column < 0 || row >= rows || column >= columns) return index;
    if (!Number.isNaN(values[row * columns + column])) return row * columns + column;
  }
}

/** The columns that an axis has in a table: its positions and ids where it has them. */
function axisCells({ title, names }: Axis) {
  const [placed, known] = [names.some(({ position }) => position !== undefined), names.some(({ id }) => id !== undefined)];
  return {
    header: [...(placed ? [`${title} position`] : []), title, ...(known ? [`${title} id`] : [])],
    cells: (at: number) => {
      const { label, position, id } = names[at];
      return [...(placed ? [position ?? ''] : []), label, ...(known ? [id ?? ''] : [])];
    },
  };
}
