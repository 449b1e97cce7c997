/** Where a tab of the browser keeps what was typed and not sent; it outlives a reload, and ends with the tab. */
const TEXT = 'headlight-text';
const OPEN = 'headlight-open';

/** The page's address without the server, the query and the hash; the front page is Explore. */
export function pageOf(path: string, base: string): string {
  return decodeURI(path.startsWith(base) ? path.slice(base.length) : path).replace(/^\/|\/$/g, '') || 'explore';
}

export function page(): string {
  return pageOf(location.pathname, new URL(document.baseURI).pathname);
}

/** The page that an element is on, which says so by itself: the browser's address may still be, or be by now, another. */
export function pageOfElement(element: Element): string {
  const path = element.closest<HTMLElement>('[data-page]')?.dataset.page;
  return path === undefined ? page() : pageOf(path, '');
}

/** A text of a form: that of one field. */
export function keyOf(form: string, field: string): string {
  return `${TEXT}\n${form}\n${field}`;
}

export function read(key: string): string | undefined {
  return sessionStorage.getItem(key) ?? undefined;
}

export function write(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // Where the browser keeps nothing, the page still does.
  }
}

export function forget(key: string): void {
  sessionStorage.removeItem(key);
}

export function forgetForm(form: string): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(keyOf(form, ''))) forget(key);
}

/** Whether anything is kept that was not sent, on whatever page. */
export function keepsAny(): boolean {
  return Object.keys(sessionStorage).some((key) => key.startsWith(`${TEXT}\n`));
}

/** Remembers that a form is open, so that the page opens it again. */
export function setOpen(form: string, open: boolean): void {
  if (open) write(`${OPEN}\n${form}`, 'yes');
  else forget(`${OPEN}\n${form}`);
}

export function isOpen(form: string): boolean {
  return read(`${OPEN}\n${form}`) !== undefined;
}
