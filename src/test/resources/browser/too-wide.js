// What sticks out of the page to the side, and words that are broken or cut because their place is too narrow; a line each.
const width = document.documentElement.clientWidth;
const found = [];
if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);

const parent = (node) =>
  node.assignedSlot ?? node.parentElement ?? (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
const name = (element) => {
  const names = [];
  for (let at = element; at && names.length < 4; at = parent(at)) {
    if (at.localName !== 'slot') names.unshift(at.localName + (at.id ? `#${at.id}` : '') + (at.classList.length ? `.${at.classList[0]}` : ''));
  }
  return names.join(' > ');
};
/** Whether something around it scrolls or cuts; what is cut there can be reached or is elided on purpose. */
const isHeld = (element) => {
  for (let at = parent(element); at && at !== document.body; at = parent(at)) {
    if (getComputedStyle(at).overflowX !== 'visible') return true;
  }
  return false;
};
/** Whether it is cut on purpose, with "…". */
const isElided = (element) => {
  for (let at = element, up = 0; at && up < 5; at = parent(at), up++) {
    if (getComputedStyle(at).textOverflow === 'ellipsis') return true;
  }
  return false;
};
/** A word on two lines was broken; one that reaches out of its box has no room. Tokens are no words, and may be broken. */
const words = (element, style) => {
  if (style.display === 'contents' || style.overflowWrap === 'anywhere' || isElided(element)) return;
  const box = element.getBoundingClientRect();
  const inline = style.display.startsWith('inline') && style.display !== 'inline-block';
  for (const node of element.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = [...range.getClientRects()].filter((line) => line.width > 0.5);
      if (new Set(lines.map((line) => Math.round(line.top))).size > 1) return found.push(`“${word}” is broken in ${name(element)}`);
      const line = lines[0];
      if (!line || inline) continue;
      if (line.right > box.right + 1.5 || line.left < box.left - 1.5)
        return found.push(`“${word}” is wider than ${name(element)}, ${Math.round(box.width)} px`);
    }
  }
};
const look = (root) => {
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) look(element.shadowRoot);
    if (element.closest('svg, script, style, [popover]:not(:popover-open), .spoken')) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    if ((box.right > width + 1 || box.left < -1) && !isHeld(element))
      found.push(`${name(element)} stands from ${Math.round(box.left)} to ${Math.round(box.right)} px`);
    words(element, style);
  }
};
scrollTo(0, 0);
look(document);
for (const link of document.querySelectorAll('.hl-header a, .hl-header headlight-share-button, .hl-header headlight-theme-toggle')) {
  const box = link.getBoundingClientRect();
  const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  if (!seen || !(link.contains(seen) || seen.contains(link))) found.push(`${name(link)} of the header is not in sight`);
}
return [...new Set(found)];
