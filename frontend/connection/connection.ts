import { keepsAny } from '../draft/texts.ts';
import { setConnected } from './vaadin.ts';

/**
 * Asks the server every few seconds whether it is there and still knows this page, says in a line over the page when it
 * is away, and opens the page again at its own address where the server has forgotten it: after a restart, or the end of
 * the session. What was typed is kept by the drafts.
 */
const EVERY = 3000;
/** Milliseconds after which a server that does not answer counts as away. */
const PATIENCE = 6000;
/** Milliseconds until it is asked once more: a single question may get lost, as when the page is just being left. */
const ONCE_MORE = 500;
const AWAY = 'headlight-was-away';
const AGAIN = 'headlight-opened-again';
/** Milliseconds within which a page is not opened a second time by itself: something else is wrong then. */
const CALM = 10_000;

let mark: string | undefined;
let asking = false;
let away = false;
let leaving = false;
let bar: HTMLElement | undefined;

function say(words: string, closing = false): void {
  hush();
  bar = document.createElement('div');
  bar.className = 'hl-connection';
  bar.setAttribute('role', 'status');
  const text = document.createElement('span');
  text.textContent = words;
  bar.append(text);
  if (closing) {
    const close = document.createElement('button');
    close.textContent = '✕';
    close.setAttribute('aria-label', 'Close');
    close.addEventListener('click', hush);
    bar.append(close);
  }
  document.body.prepend(bar);
}

function hush(): void {
  bar?.remove();
  bar = undefined;
}

/** What the server knows the page's session by; undefined where there is no answer. */
async function asked(): Promise<string | undefined> {
  try {
    const answer = await fetch(new URL('alive', document.baseURI), {
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

async function ask(): Promise<void> {
  if (asking || leaving || document.hidden) return;
  asking = true;
  let answer = await asked();
  if (answer === undefined && !away) {
    await new Promise((resolve) => setTimeout(resolve, ONCE_MORE));
    answer = await asked();
  }
  asking = false;
  if (leaving) return;
  if (answer === undefined) {
    if (!away) say('The server does not answer. What you type stays here; the page goes on by itself when it is back.');
    away = true;
    sessionStorage.setItem(AWAY, 'yes');
    return;
  }
  mark ??= answer;
  if (mark === answer) back();
  else openAgain(answer);
}

function back(): void {
  if (away) {
    away = false;
    sessionStorage.removeItem(AWAY);
    hush();
  }
  setConnected();
}

function openAgain(answer: string): void {
  if (Date.now() - Number(sessionStorage.getItem(AGAIN) ?? 0) < CALM) {
    mark = answer;
    say('The server no longer knows this page. Reload it to go on; what you typed stays here.');
    return;
  }
  sessionStorage.setItem(AGAIN, String(Date.now()));
  sessionStorage.setItem(AWAY, 'yes');
  location.reload();
}

if (sessionStorage.getItem(AWAY)) {
  sessionStorage.removeItem(AWAY);
  const typed = keepsAny() ? ' What you had typed and not sent is here again.' : '';
  say(`The server had forgotten this page, so it was opened again at its address.${typed}`, true);
}
window.addEventListener('pagehide', () => (leaving = true));
window.addEventListener('pageshow', () => (leaving = false));
document.addEventListener('visibilitychange', () => void ask());
setInterval(() => void ask(), EVERY);
void ask();
