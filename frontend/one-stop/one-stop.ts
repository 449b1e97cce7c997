/**
 * Groups of controls that are one stop of the Tab key: whatever stands in an element with `data-one-stop`, components and
 * what is in them included. The left and right arrow keys walk over its controls, Tab leaves it at once.
 */
const GROUP = '[data-one-stop]';
const HIDDEN = '[popover]:not(:popover-open), dialog:not([open]), [inert]';
/** In these the arrow keys move the cursor. */
const TEXT = 'textarea, input:not([type=radio], [type=checkbox], [type=range], [type=button])';

function onKey(event: KeyboardEvent): void {
  const path = event.composedPath();
  // Of groups in a group, the outermost is the stop.
  const group = path.findLast((each): each is HTMLElement => each instanceof HTMLElement && each.matches(GROUP));
  if (!group || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const active = path[0] as HTMLElement;
  const all = [...stops(group)];
  if (event.key === 'Tab') return passOver(all.filter((each) => each !== active));
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!way || active.matches(TEXT) || isInside(active, way)) return;
  const at = all.indexOf(active);
  if (active.matches('[type=range]') && at === all.length - 1) return; // A slider that is the last keeps its keys.
  const next = at < 0 ? undefined : all[at + way];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Takes controls out of the way of the Tab key that is about to move the focus. */
function passOver(others: HTMLElement[]): void {
  // Where the chosen one cannot be reached, the browser goes to another of the same choices.
  const controls = others.flatMap((each) => (isRadio(each) ? radios(each) : [each]));
  const before = controls.map((each) => each.getAttribute('tabindex'));
  for (const each of controls) each.tabIndex = -1;
  setTimeout(() =>
    controls.forEach((each, i) => (before[i] === null ? each.removeAttribute('tabindex') : each.setAttribute('tabindex', before[i]))),
  );
}

/** Whether the arrow key chooses another of the same choices, which the browser does by itself. */
function isInside(active: HTMLElement, way: number): boolean {
  if (!isRadio(active)) return false;
  const choices = radios(active);
  return choices[choices.indexOf(active) + way] !== undefined;
}

function isRadio(element: Element): element is HTMLInputElement {
  return element.matches('input[type=radio]');
}

function radios(radio: HTMLInputElement): HTMLInputElement[] {
  return [...(radio.getRootNode() as ParentNode).querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
    ({ name }) => name === radio.name,
  );
}

/** What Tab can reach in an element, in the order in which it is seen; of choices the one that holds. */
function* stops(element: Element): Generator<HTMLElement> {
  const assigned = element instanceof HTMLSlotElement ? element.assignedElements() : [];
  for (const child of assigned.length > 0 ? assigned : (element.shadowRoot ?? element).children) {
    if (child.matches(HIDDEN)) continue;
    if (child instanceof HTMLElement && isStop(child)) yield child;
    yield* stops(child);
  }
}

function isStop(element: HTMLElement): boolean {
  if (element.tabIndex < 0 || element.shadowRoot?.delegatesFocus || element.matches(':disabled, [disabled]')) return false;
  if (isRadio(element) && !element.checked)
    return element === radios(element)[0] && !radios(element).some(({ checked }) => checked);
  return element.checkVisibility({ visibilityProperty: true });
}

document.addEventListener('keydown', onKey);
