/** Where the cells of a heatmap stand in its box, in CSS pixels. */
export interface Layout {
  x: number;
  y: number;
  cellWidth: number;
  cellHeight: number;
  rows: number;
  columns: number;
  /** Left edge of the colour bar. */
  barX: number;
  /** Height of the labels' letters, and whether those of the columns stand upright rather than at 45°. */
  letter: number;
  upright: boolean;
}

export interface Margins {
  /** Widest row label and widest column label as drawn horizontally in letters of LARGEST_LETTER. */
  rowLabel: number;
  columnLabel: number;
  /** Height kept free below the cells. */
  caption: number;
  /** Whether figures stand in the cells, which are then wider than high. */
  figures?: boolean;
}

const BAR = 74;
const GAP = 5;
const LARGEST_CELL = 64;
/** Height of a line of figures. */
const FIGURE_LINE = 24;
/** Pictures longer than this many times their breadth give up square cells. */
const SLENDER = 4;
const SINE_45 = Math.SQRT1_2;
export const LARGEST_LETTER = 11;
const SMALLEST_LETTER = 9;
/** Lines of letters this much higher than the letters do not touch. */
const LEADING = 1;

/**
 * Square cells where rows and columns are about as many; the colour bar to the right. Where columns are too narrow for
 * slanted labels but wide enough for upright ones, labels stand upright, in smaller letters if need be, so that every
 * token keeps its name.
 */
export function layout(width: number, height: number, rows: number, columns: number, margins: Margins): Layout {
  const slanted = arranged(width, height, rows, columns, margins, false, LARGEST_LETTER);
  if (slanted.cellWidth >= columnRoom(slanted) && slanted.cellHeight >= rowRoom(slanted)) return slanted;
  for (let letter = LARGEST_LETTER; letter >= SMALLEST_LETTER; letter--) {
    const upright = arranged(width, height, rows, columns, margins, true, letter);
    if (upright.cellWidth >= columnRoom(upright) && upright.cellHeight >= rowRoom(upright)) return upright;
  }
  return slanted;
}

function arranged(
  width: number,
  height: number,
  rows: number,
  columns: number,
  margins: Margins,
  upright: boolean,
  letter: number,
): Layout {
  const scale = letter / LARGEST_LETTER;
  const line = letter + LEADING;
  const x = Math.ceil(margins.rowLabel * scale) + GAP + 2;
  const label = margins.columnLabel * scale;
  const y = Math.ceil(upright ? label : (label + line) * SINE_45) + GAP;
  const overhang = upright ? 0 : Math.ceil((label + line) * SINE_45);
  const roomX = Math.max(8, width - x - BAR - Math.max(14, overhang - 8));
  const roomY = Math.max(8, height - y - margins.caption);
  const square = Math.min(roomX / columns, roomY / rows, LARGEST_CELL);
  const slender = Math.max(rows, columns) > SLENDER * Math.min(rows, columns);
  const flat = margins.figures === true;
  const cellWidth = flat
    ? Math.min(roomX / columns, LARGEST_CELL)
    : slender
    ? Math.min(roomX / columns, Math.max(square, (square * rows) / columns / SLENDER, 14))
    : square;
  const cellHeight = flat
    ? Math.min(roomY / rows, FIGURE_LINE)
    : slender
    ? Math.min(roomY / rows, Math.max(square, (square * columns) / rows / SLENDER, 14))
    : square;
  const barX = x + cellWidth * columns + Math.max(22, overhang + 2);
  return { x, y, cellWidth, cellHeight, rows, columns, barX, letter, upright };
}

/** Whether a figure such as "−12.34" fits into a cell. */
export function holdsFigures({ cellWidth, cellHeight }: Pick<Layout, 'cellWidth' | 'cellHeight'>): boolean {
  return cellWidth >= 38 && cellHeight >= 13;
}

type Labels = Pick<Layout, 'letter' | 'upright'>;

/** How far apart the labels of rows must stand. */
export const rowRoom = ({ letter }: Labels) => letter + LEADING;

/** How far apart the labels of columns must stand. */
export const columnRoom = ({ letter, upright }: Labels) => (letter + LEADING) / (upright ? 1 : SINE_45);

/** The number (row-major) of the cell under a point; -1 when there is none. */
export function cellAt({ x, y, cellWidth, cellHeight, rows, columns }: Layout, px: number, py: number): number {
  const column = Math.floor((px - x) / cellWidth);
  const row = Math.floor((py - y) / cellHeight);
  return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
}

export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Frames are no narrower than this: around thinner cells they leave some air. */
const SMALLEST_FRAME = 6;

/** Frames around a row, a column and, when there are both, their cell; -1 leaves one out. */
export function frames(box: Layout, row: number, column: number): Frame[] {
  const { x, y, cellWidth, cellHeight, rows, columns } = box;
  const wide = Math.max(0, (SMALLEST_FRAME - cellWidth) / 2);
  const high = Math.max(0, (SMALLEST_FRAME - cellHeight) / 2);
  const across = { x, y: y + row * cellHeight - high, width: cellWidth * columns, height: cellHeight + 2 * high };
  const along = { x: x + column * cellWidth - wide, y, width: cellWidth + 2 * wide, height: cellHeight * rows };
  const out: Frame[] = [];
  if (row >= 0 && row < rows) out.push(across);
  if (column >= 0 && column < columns) out.push(along);
  if (out.length === 2) out.push({ ...across, x: along.x, width: along.width });
  return out;
}
