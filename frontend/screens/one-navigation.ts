import { isWaiting } from '../connection/vaadin.ts';

/**
 * One change of address after another. Vaadin's router fails (“Invalid blocker state transition”, vaadin/flow 20404) where
 * a link is pressed while a page writes its own address, or before the server has answered another link. So a link that
 * is pressed meanwhile waits, the last of several; the same link again is one press; and a page writes its address once
 * the link before it has led.
 */

/** How long a change may take to ask the server, if it does; and to be made after the answer. In milliseconds. */
const UNTIL_ASKED = 3000;
const AFTER_ANSWER = 300;
const BETWEEN_LOOKS = 20;

let underWay: string | undefined;
let turn = 0;
let next: HTMLAnchorElement | undefined;

/** A link that a plain click leads to inside the program; undefined for any other click. */
function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return undefined;
  const link = event.composedPath().find((part): part is HTMLAnchorElement => part instanceof HTMLAnchorElement);
  const isOurs =
    link?.href &&
    link.origin === location.origin &&
    !link.target &&
    !link.hasAttribute('download') &&
    !link.hasAttribute('router-ignore') &&
    !(link.hash && link.pathname === location.pathname);
  return isOurs ? link : undefined;
}

function begin(address: string): void {
  underWay = address;
  const mine = ++turn;
  let until = performance.now() + UNTIL_ASKED;
  const look = () => {
    if (mine !== turn) return;
    if (isWaiting()) until = performance.now() + AFTER_ANSWER;
    if (performance.now() < until) setTimeout(look, BETWEEN_LOOKS);
    else end();
  };
  look();
}

function end(): void {
  turn++;
  underWay = undefined;
  const link = next;
  next = undefined;
  if (link?.isConnected) link.click();
}

window.addEventListener(
  'click',
  (event) => {
    const link = linkOf(event);
    if (!link) return;
    if (underWay === undefined) return begin(link.href);
    next = link.href === underWay ? undefined : link;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
window.addEventListener('vaadin-navigate', () => begin(''));
window.addEventListener('vaadin-navigated', end);

/** An address without its host, its parameters sorted, to compare with another. */
function plain(address: string): string {
  const { pathname, searchParams } = new URL(address, document.baseURI);
  searchParams.sort();
  return `${pathname}?${searchParams}`;
}

/** The number of the page that was entered last; what those before it still wait to write is given up. */
let entered: number;
let lastWrite: Promise<void> = Promise.resolve();

/** Waits, for about ten seconds in which the server does not answer something; false when it was in vain. */
async function until(entry: number, isReady: () => boolean): Promise<boolean> {
  for (let tries = 0; !isReady(); tries += isWaiting() ? 0 : 1) {
    if (tries === 1000 || entered !== entry) return false;
    await new Promise((done) => setTimeout(done, 10));
  }
  return true;
}

async function write(address: string, from: string, replace: boolean, entry: number): Promise<void> {
  const isFree = () => underWay === undefined && !isWaiting() && plain(from) === plain(location.href);
  if (!(await until(entry, isFree))) return;
  window.dispatchEvent(
    new CustomEvent('vaadin-navigate', { detail: { state: null, url: address, replace, callback: false } }),
  );
  await until(entry, () => underWay === undefined && plain(address) === plain(location.href));
}

/** A page has been entered; pages are numbered as they are. */
function enterPage(entry: number): void {
  entered = entry;
}

/** Writes a page's address into the address bar, once it holds the one that the page wrote before. */
function writeAddress(address: string, from: string, replace: boolean, entry: number): void {
  lastWrite = lastWrite.then(() => write(address, from, replace, entry));
}

Object.assign(window, {
  headlightEnterPage: enterPage,
  headlightWriteAddress: writeAddress,
  /** The server asks something before it follows the link; who stays may press the same link again at once. */
  headlightLinkAnswered: end,
  /** Kept once the address of the page is written. */
  headlightAddress: () => lastWrite,
});
