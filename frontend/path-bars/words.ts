import { fixed, grouped } from '../picture/numbers.ts';
import type { Table } from '../picture/picture-menu.ts';
import type { By, Path } from './bars.ts';
import { idOf, type Token } from '../shared/tokens-data.ts';

/** "order 2 · two heads · 16 paths". */
export function orderName(order: number, paths?: number): string {
  const heads = ['no head', 'one head', 'two heads', 'three heads'][order] ?? `${order} heads`;
  return [`order ${order}`, heads, ...(paths === undefined ? [] : [counted(paths, 'path')])].join(' · ');
}

/** The heading of paths of an order, or of the components of a layer. */
export function groupName(by: By, order: number, count?: number): string {
  if (by === 'path') return orderName(order, count);
  return order === 0 ? 'embedding and biases' : `layer ${order - 1}`;
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
  by,
  paths,
  tokens,
  title,
  unit,
}: {
  by: By;
  paths: Path[];
  tokens: Token[];
  /** What the figures are: "Logit of ·Mary after ·Aunt (9)". */
  title: string;
  unit: string;
}): Table {
  const header = [by, by === 'path' ? 'order' : 'layer', title || unit || 'value', 'source', 'source token', 'source id'];
  const rows = paths.flatMap(({ label, order, value, bySource }) => [
    [label, place(by, order), value, '', '', ''],
    ...bySource.map((part, at) => [label, place(by, order), part, at, tokens[at]?.label ?? '', idOf(tokens[at])]),
  ]);
  return { header, rows };
}

/** The order of a path, or the layer of a component. */
function place(by: By, order: number): number | string {
  if (by === 'path') return order;
  return order === 0 ? '' : order - 1;
}
