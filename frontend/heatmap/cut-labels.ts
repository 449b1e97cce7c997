import { shortened } from '../echart/labels.ts';
import { textWidth } from '../echart/text-width.ts';

/** Labels are cut to fewer characters where there are many of them. */
const MANY = 24;
const LONGEST = 14;
const LONGEST_OF_MANY = 8;

/** A label as it is drawn among the others. */
export function cut(labels: string[], index: number): string {
  return shortened(labels[index], labels.length > MANY ? LONGEST_OF_MANY : LONGEST);
}

/** The widest label as drawn, in CSS pixels. */
export function widest(labels: string[], font: string): number {
  const drawn = new Set(labels.map((_, index) => cut(labels, index)));
  return [...drawn].reduce((most, label) => Math.max(most, textWidth(label, font)), 8);
}
