import { fixed, grouped } from '../picture/numbers.ts';
import type { Table } from '../picture/picture-menu.ts';
import type { Path } from './bars.ts';
import { idOf, type Token } from '../shared/tokens-data.ts';

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
  return fixed(value, 4);
}

/** Every path and its parts. */
export function pathsTable({
  paths,
  tokens,
  title,
  unit,
}: {
  paths: Path[];
  tokens: Token[];
  /** What the figures are: "Logit of ·Mary after ·Aunt (9)". */
  title: string;
  unit: string;
}): Table {
  const header = ['path', 'order', title || unit || 'value', 'source', 'source token', 'source id'];
  const rows = paths.flatMap(({ label, order, value, bySource }) => [
    [label, order, value, '', '', ''],
    ...bySource.map((part, at) => [label, order, part, at, tokens[at]?.label ?? '', idOf(tokens[at])]),
  ]);
  return { header, rows };
}
