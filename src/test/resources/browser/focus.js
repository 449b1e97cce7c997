// Gives the keyboard's focus to everything that Tab can reach, one after another; what has no size then, shows no focus, or
// has its ring cut, a line each. The caller has pressed a key, so that the browser shows where the focus is.
const found = [];
const parent = (node) =>
  node.assignedSlot ?? node.parentElement ?? (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
const name = (element) => {
  const names = [];
  for (let at = element; at && names.length < 5; at = parent(at)) {
    if (at.localName !== 'slot') names.unshift(at.localName + (at.id ? `#${at.id}` : '') + (at.classList.length ? `.${at.classList[0]}` : ''));
  }
  return names.join(' > ');
};
const all = (root) => [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
const STOPS = 'a[href], button, input, select, textarea, [tabindex], [contenteditable=true], summary';
const stops = all(document).filter(
  (each) =>
    each.matches(STOPS) && each.tabIndex >= 0 && !each.disabled && each.type !== 'hidden' && !each.shadowRoot?.delegatesFocus
    && each.checkVisibility({ visibilityProperty: true }) && !each.closest('[inert], [popover]:not(:popover-open), dialog:not([open])'),
);
/** What may show that an element has the focus: itself, what is beside and in it, what it stands in, one component up. */
const near = (element) => {
  const own = element.getRootNode() instanceof ShadowRoot ? element.getRootNode().host : null;
  const around = [element, element.parentElement, own, parent(element)].filter(Boolean);
  const host = around.map((each) => each.closest?.('[has-value], vaadin-select, vaadin-combo-box, vaadin-text-field, vaadin-text-area'))
    .filter(Boolean);
  return [...new Set([...around, ...host].flatMap((each) => [each, ...(each === document.body ? [] : all(each).slice(0, 60)),
    ...(each.shadowRoot ? all(each.shadowRoot).slice(0, 60) : [])]))];
};
const look = (element) => {
  const one = (style) =>
    `${style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor} ${style.boxShadow} ${style.borderColor} ${style.backgroundColor}`;
  return [null, '::before', '::after'].map((pseudo) => one(getComputedStyle(element, pseudo))).join('|');
};
/** Whether what stands around cuts the outline. */
const cutBy = (element) => {
  const style = getComputedStyle(element);
  if (style.outlineStyle === 'none') return null;
  const reach = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
  const box = element.getBoundingClientRect();
  for (let at = parent(element); at && at !== document.body && at !== document.documentElement; at = parent(at)) {
    const around = getComputedStyle(at);
    if (around.position === 'fixed') return null;
    if (around.overflowX === 'visible' && around.overflowY === 'visible') continue;
    const frame = at.getBoundingClientRect();
    const outer = [frame.left - box.left, frame.top - box.top, box.right - frame.right, box.bottom - frame.bottom];
    if (outer.some((over) => over + reach > 1.5)) return at;
  }
  return null;
};
let active = document.activeElement;
while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
active?.blur();
for (const element of stops) {
  const watched = near(element);
  const before = watched.map(look);
  element.focus();
  if (element.getRootNode().activeElement !== element) continue; // it passed the focus on, or is no stop at this moment
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { width, height } = element.getBoundingClientRect();
  if (width < 4 || height < 4) found.push(`${name(element)} has the focus and is ${width} × ${height} px`);
  const ringed = watched.filter((each, i) => look(each) !== before[i] && each.checkVisibility({ opacityProperty: true }));
  if (ringed.length === 0) found.push(`${name(element)} does not show that it has the focus`);
  for (const each of ringed) {
    const frame = cutBy(each);
    if (frame) found.push(`the ring of ${name(each)} is cut by ${name(frame)}`);
  }
  element.blur();
}
return [...new Set(found)];
