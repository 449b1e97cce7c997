import { isWaiting } from '../connection/vaadin.ts';

/**
 * One link after the other: Vaadin's router fails (“Invalid blocker state transition”, vaadin/flow 20404) where a link is
 * pressed while the server has not answered another, as with a double click. The same link again is one press; another
 * one is followed as soon as the first has led, or has been refused.
 */
const PATIENCE = 5000;
/** Within this time a link has asked the server; in milliseconds, as all times here. */
const ASKED = 100;
const BETWEEN_LOOKS = 20;

let underWay: string | undefined;
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
  const begun = performance.now();
  let asked = false;
  const look = () => {
    const time = performance.now() - begun;
    asked ||= isWaiting();
    if (time < PATIENCE && (asked ? isWaiting() : time < ASKED)) setTimeout(look, BETWEEN_LOOKS);
    else setTimeout(end, BETWEEN_LOOKS); // the router has gone on by then
  };
  look();
}

function end(): void {
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
