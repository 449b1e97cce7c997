/** Which questions of which lessons were answered in this browser; read and written by the pages of lessons. */
const KEY = 'headlight-lessons';

type Kept = Record<string, string[]>;

function kept(): Kept {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return read && typeof read === 'object' ? (read as Kept) : {};
  } catch {
    return {}; // another program wrote something else there, or the browser keeps nothing
  }
}

function write(all: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // The browser keeps nothing; the page still knows it until it is left.
  }
}

/** The names of the questions of a lesson that are answered, a line each. */
function solved(lesson: string): string {
  const names = kept()[lesson];
  return Array.isArray(names) ? names.join('\n') : '';
}

function solve(lesson: string, question: string): void {
  const all = kept();
  const names = Array.isArray(all[lesson]) ? all[lesson] : [];
  if (!names.includes(question)) write({ ...all, [lesson]: [...names, question] });
}

/** All of it, as text that the server reads. */
function all(): string {
  return JSON.stringify(kept());
}

declare global {
  interface Window {
    headlightLessons: { solved: typeof solved; solve: typeof solve; all: typeof all };
  }
}
window.headlightLessons = { solved, solve, all };
export {};
