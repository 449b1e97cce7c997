import { grouped } from '../picture/numbers.ts';
import type { Table } from '../picture/picture-menu.ts';
import type { Path } from './bars.ts';

/** "order 2 · two heads · 16 paths". */
export function orderName(order: number, paths?: number): string {
  const heads = ['no head', 'one head', 'two heads', 'three heads'][order] ?? `${order} heads`;
  return [`order ${order}`, heads, ...(paths === undefined ? [] : [counted(paths, 'path')])].join(' · ');
}

function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** "62 other paths together". */
export function othersName(count: number, noun: string): string {
  return count === 1 ? `one other ${noun}` : `${counted(count, `other ${noun}`)} together`;
}

/** Four decimals, as the sum is held against the model. */
export function exact4(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

/** Every path, and its parts where they are known. */
export function pathsTable({
  paths,
  tokens,
  unit,
}: {
  paths: Path[];
  tokens: Array<{ label: string }>;
  unit: string;
}): Table {
  const header = ['path', 'order', unit || 'value', 'source', 'source token'];
  const rows = paths.flatMap(({ label, order, value, bySource }) => [
    [label, order, value, '', ''],
    ...(bySource ?? []).map((part, at) => [label, order, part, at, tokens[at]?.label ?? '']),
  ]);
  return { header, rows };
}
