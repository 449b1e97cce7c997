import { shortest } from '../picture/numbers.ts';

/** A header and rows of cells; figures are numbers, and what is not there is an empty text. */
export interface Table {
  header: string[];
  rows: Array<Array<string | number>>;
}

/** A spreadsheet takes what begins with one of these for a formula; an apostrophe before it keeps it a text. */
const FORMULA = /^[=+\-@\t\r\n]/;
/** Without it Excel takes the file for one of its own old encoding. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * A table as CSV (RFC 4180) that spreadsheets read as it is meant: UTF-8 with a byte order mark, no two columns of one
 * name, no text that would be taken for a formula, numbers in ASCII with all their digits.
 */
export function csv({ header, rows }: Table): string {
  const lines = [distinct(header), ...rows].map((row) => row.map(cell).join(','));
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(shortest(value)) : '';
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The names, those that were there before with a number behind. */
export function distinct(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
    taken.add(free);
    return free;
  });
}
