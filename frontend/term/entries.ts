import glossary from './glossary.json' with { type: 'json' };

/** A term of the glossary. */
export interface Entry {
  /** What it is, in a sentence or two. */
  says: string;
  /** The lesson that it belongs to, by the name of its file, and the step. */
  lesson: string;
  step: number;
  /** Whether headings that name it leave it as it is: it is too common there, or another term says the same. */
  unmarked?: boolean;
}

/** The one source of terms. */
export const ENTRIES: Record<string, Entry> = glossary;

/** Where a term stands on the page of the glossary. */
export const anchorOf = (term: string): string => term.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** The lesson of a term: its address, and how a link to it reads. */
export function lessonOf({ lesson, step }: Entry): { address: string; words: string } {
  const name = lesson.replaceAll('-', ' ');
  return { address: `learn/${lesson}?step=${step}`, words: `Lesson: ${name}` };
}
