import { page, read, write } from '../draft/texts.ts';

/**
 * Lets the links of the header lead back to the view that a screen had in this tab, with the tab that was open there. A
 * link to the screen that is shown leads to its beginning, and so does the door to the lessons.
 */
const LAST = 'headlight-last ';
const LINKS = '.hl-screens a:not(.hl-door a)';

function remember(): void {
  write(LAST + page(), location.pathname + location.search);
}

function lead(event: Event): void {
  remember();
  const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement && part.matches(LINKS));
  if (!(link instanceof HTMLAnchorElement)) return;
  const href = link.getAttribute('href') ?? '';
  const screen = href || 'explore';
  const last = read(LAST + screen);
  if (!last || screen === page()) return;
  link.setAttribute('href', last);
  // It stays what the server made it, once the click has been heard.
  setTimeout(() => link.setAttribute('href', href));
}

document.addEventListener('click', lead, true);
window.addEventListener('popstate', remember);
