import { ENTRIES } from './entries.ts';

/** A piece of a heading; with a term of the glossary where it is one. */
export interface Part {
  text: string;
  term?: string;
}

/** The longest first, so that a "logit lens" is no "logit". What follows "·", is set apart as a token is, or stands in a word is another's. */
const TERMS = Object.keys(ENTRIES)
  .filter((term) => !ENTRIES[term].unmarked)
  .sort((a, b) => b.length - a.length);
const ANY = new RegExp(`(?<![\\p{L}·_\u2068-])(?:${TERMS.join('|')})(?![\\p{L}_])`, 'giu');

/** Splits a heading at the terms that it names; of one that comes again, the first is marked. */
export function parts(heading: string): Part[] {
  const out: Part[] = [];
  const seen = new Set<string>();
  let end = 0;
  for (const { 0: text, index } of heading.matchAll(ANY)) {
    const term = TERMS.find((each) => each.toLowerCase() === text.toLowerCase())!;
    if (seen.has(term)) continue;
    seen.add(term);
    if (index > end) out.push({ text: heading.slice(end, index) });
    out.push({ text, term });
    end = index + text.length;
  }
  if (end < heading.length) out.push({ text: heading.slice(end) });
  return out;
}
