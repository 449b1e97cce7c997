// What the walk asks a page to do; loaded into every page before anything of its own.
window.walk = (() => {
  /** Every element, those of open shadow roots too. */
  function* everything(root = document) {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* everything(element.shadowRoot);
    }
  }

  const parentOf = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;

  function deepest(x, y) {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    return found;
  }

  const isWithin = (inner, outer) => {
    for (let at = inner; at; at = parentOf(at)) if (at === outer) return true;
    return false;
  };

  const PICTURES = 'canvas, .plot, svg[role], [role=application]';
  const CONTROLS =
    'a[href], button, input, textarea, select, summary, [tabindex], [role=button], [role=tab], [role=menuitem], [role=option],' +
    ' vaadin-tab, vaadin-button, vaadin-menu-bar-button, vaadin-select-item, vaadin-combo-box-item, vaadin-menu-bar-item, vaadin-checkbox';
  const FIELDS = 'input:not([type=password], [type=checkbox], [type=radio], [type=range], [type=file]), textarea';

  function isPointedAt(element) {
    if (getComputedStyle(element).cursor !== 'pointer') return false;
    const parent = parentOf(element);
    return !parent || getComputedStyle(parent).cursor !== 'pointer';
  }

  function matches(element, selector) {
    for (let at = element; at; at = parentOf(at)) if (at.matches(selector)) return true;
    return false;
  }

  /** What an element is called in the list of steps. */
  function name(element) {
    const words = element.getAttribute('aria-label') || element.title || element.innerText || element.textContent || '';
    const owners = [];
    for (let at = element; at; at = parentOf(at)) {
      if (at.id && !/^(ROOT|outlet|overlay|input-|textarea-|value-)/.test(at.id)) owners.push('#' + at.id);
      else if (at !== element && at.localName.startsWith('headlight-')) owners.push(at.localName);
    }
    return `${element.localName}${element.classList.length ? '.' + element.classList[0] : ''} “${words.trim().slice(0, 40).replace(/\s+/g, ' ')}”`
      + (owners.length ? ` in ${owners.slice(0, 2).join(' in ')}` : '');
  }

  /** Things of one kind have one group, of which each is as likely as any other. */
  function group(element, kind) {
    let owner = element;
    while (owner && !(owner.id || (owner !== element && owner.localName.includes('-')))) owner = parentOf(owner);
    return `${kind} ${element.localName} ${element.classList[0] ?? ''} ${owner ? owner.id || owner.localName : ''}`;
  }

  /**
   * Finds something to click or to type in, scrolls to it and says where it is.
   * @param chances three numbers from 0 to 1 that choose
   */
  function choose(what, chances, left, risky, ours) {
    const groups = new Map();
    for (const element of everything()) {
      const kind = element.matches(PICTURES) ? 'picture' : element.matches(CONTROLS) || isPointedAt(element) ? 'control' : '';
      if (!kind || (what === 'field' && !element.matches(FIELDS))) continue;
      const box = element.getBoundingClientRect();
      if (box.width < 4 || box.height < 4 || element.disabled || matches(element, '[inert], [disabled], [hidden], [aria-disabled=true]')) continue;
      if (matches(element, left) || !isOurs(element, risky, ours)) continue;
      const key = group(element, kind);
      groups.has(key) ? groups.get(key).push(element) : groups.set(key, [element]);
    }
    const all = [...groups.values()];
    for (let tried = 0; tried < 12 && all.length > 0; tried++) {
      const some = all[Math.floor(((chances[0] + tried * 0.381966) % 1) * all.length)];
      const element = some[Math.floor(((chances[1] + tried * 0.381966) % 1) * some.length)];
      const picture = element.matches(PICTURES);
      element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      const box = element.getBoundingClientRect();
      const across = picture ? chances[2] : 0.5;
      const down = picture ? (chances[2] * 7919) % 1 : 0.5;
      const x = Math.round(box.left + 1 + across * (box.width - 2));
      const y = Math.round(box.top + 1 + down * (box.height - 2));
      const hit = deepest(x, y);
      if (hit && (isWithin(hit, element) || isWithin(element, hit) && hit.localName === 'label')) {
        return { x, y, what: name(element) + (picture ? ` at ${x}, ${y}` : '') };
      }
    }
    return null;
  }

  /** What deletes, ends or invites may only be pressed where it does so to what the walk made itself. */
  function isOurs(element, risky, ours) {
    const words = `${element.getAttribute('aria-label') ?? ''} ${element.textContent}`;
    if (!new RegExp(risky, 'i').test(words)) return true;
    for (let at = element; at; at = parentOf(at)) {
      if (at.matches('.hl-row, .hl-list > *, .hl-panel, vaadin-confirm-dialog, [role=alertdialog], [role=dialog]')) return new RegExp(ours).test(at.textContent);
    }
    return new RegExp(ours).test(document.body.textContent);
  }

  const frames = () => [...everything()].filter((element) => element.localName === 'iframe' && element.contentDocument);

  const PATIENCE_WITH_A_FRAME = 10_000;
  const firstSeen = new WeakMap();

  /** Whether a frame in sight has not begun to draw its own page; for a while, since there may be none. */
  function isBeginning(view) {
    const frame = view.frameElement;
    const { top, bottom } = frame.getBoundingClientRect();
    if (!frame.checkVisibility() || !frame.src.includes('/embed') || bottom <= 0 || top >= innerHeight) return false;
    if (!firstSeen.has(view.document)) firstSeen.set(view.document, performance.now());
    return (
      Object.keys(view.Vaadin?.Flow?.clients ?? {}).length === 0 && performance.now() - firstSeen.get(view.document) < PATIENCE_WITH_A_FRAME
    );
  }

  /** What the page still waits for; empty where it stands. */
  function waitingFor(view = window) {
    const { document } = view;
    const waits = [];
    if (document.readyState !== 'complete') waits.push('the page');
    const clients = Object.values(view.Vaadin?.Flow?.clients ?? {}).filter((client) => typeof client.isActive === 'function');
    if (clients.some((client) => client.isActive())) waits.push('the server');
    if (document.fonts.status !== 'loaded') waits.push('fonts');
    if (view !== window && isBeginning(view)) waits.push('a frame');
    for (const element of view.walk?.everything() ?? []) {
      if (element.isUpdatePending === true) waits.push(element.localName);
      if (element.localName === 'vaadin-progress-bar' && element.getBoundingClientRect().height > 0 && !element.closest('.hl-training'))
        waits.push('a computation');
      if (element.localName === 'img' && !element.complete && element.loading !== 'lazy') waits.push('a picture');
    }
    return waits;
  }

  const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  /** How long this page did nothing at all at most, in milliseconds. */
  let longestPause = 0;
  let beat = performance.now();
  setInterval(() => {
    longestPause = Math.max(longestPause, performance.now() - beat);
    beat = performance.now();
  }, 500);

  /** A browser may draw no frame of a window that it takes for hidden. */
  const painted = () =>
    Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), later(1000)]);

  /** Waits until the page and its frames stand; says what it still waits for when there is no more patience. */
  async function settled(patience) {
    const end = performance.now() + patience;
    for (let quiet = 0; ; ) {
      await painted();
      const waits = [window, ...frames().map((frame) => frame.contentWindow)].flatMap((view) => waitingFor(view));
      quiet = waits.length === 0 ? quiet + 1 : 0;
      if (quiet === 1) await Promise.race([window.headlightAddress?.(), later(Math.max(0, end - performance.now()))]);
      if (quiet === 2 || performance.now() > end) return [...new Set(waits)].join(', ');
    }
  }

  const STILL = new CSSStyleSheet();
  STILL.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; scroll-behavior: auto !important; }');

  function still(root = document) {
    if (!root.adoptedStyleSheets.includes(STILL)) {
      try {
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, STILL];
      } catch {
        // a frame's own document takes no sheet of ours
      }
    }
  }

  /** Ends what moves, lets go of what is focused or marked, and scrolls all to its beginning. */
  function putAway() {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    focused?.blur?.();
    getSelection().removeAllRanges();
    still();
    for (const element of everything()) {
      if (element.shadowRoot) still(element.shadowRoot);
      if (element.scrollTop || element.scrollLeft) element.scrollTo({ top: 0, left: 0, behavior: 'instant' });
    }
    // What is said once, of a change or of an address.
    for (const dismiss of document.querySelectorAll('.hl-notice button')) dismiss.click();
    window.scrollTo({ top: 0, left: 0, behavior: 'instant' });
  }

  const isOpen = (element) =>
    (element.localName.startsWith('vaadin-') && /(overlay|dialog|menu-bar|select|combo-box|context-menu)/.test(element.localName) && element.opened === true)
    || element.matches('dialog[open], [popover]:popover-open');

  /** Whether something lies open over the page. */
  const hasOpen = () => [...everything()].some((element) => isOpen(element) && !element.matches('vaadin-tooltip, vaadin-tooltip-overlay'));

  /** Closes forms that are open: what is typed in one is kept as a draft or given up. */
  function closeForms() {
    const closing = [...everything()].filter(
      (element) =>
        element.matches('button, vaadin-button') &&
        element.getBoundingClientRect().height > 0 &&
        (element.getAttribute('aria-label') === 'Close' || element.textContent.trim() === 'Cancel'),
    );
    closing.forEach((element) => element.click());
    return closing.length;
  }

  /** Whether something is said in answer to a press, such as why a form was not taken, or a secret that is told once. */
  const hasAnswer = () =>
    [...everything()].some(
      (element) =>
        element.getBoundingClientRect().height > 0 &&
        (element.matches('#made-token, .hl-made-link') ||
          (element.matches('[role=alert], .hl-saved, #password [role=status], [slot=error-message]') && element.textContent.trim() !== '')),
    );

  /** The middles of what looks as if the mouse were over it: a browser leaves that on where a box closed under the mouse. */
  const hovered = () =>
    [...everything()]
      .filter((element) => element.matches('vaadin-select:hover, vaadin-combo-box:hover, vaadin-button:hover, button:hover, a:hover'))
      .map((element) => element.getBoundingClientRect())
      .map((box) => [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)]);

  /** How large the page is, and where things lie that no two pages have alike. */
  function shape(masks) {
    const boxes = [...everything()]
      .filter((element) => element.matches(masks))
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.width > 0 && box.height > 0)
      .map((box) => [Math.floor(box.left), Math.floor(box.top), Math.ceil(box.width) + 1, Math.ceil(box.height) + 1]);
    const pointedAt = [...everything()].filter((element) => element.matches(':hover, :focus')).map((element) => element.localName).join(' ');
    return { width: innerWidth, height: Math.max(innerHeight, document.documentElement.scrollHeight), pointedAt, boxes };
  }

  window.print = () => {};
  Element.prototype.requestFullscreen = async () => {};
  return { everything, choose, settled, putAway, hasAnswer, hasOpen, closeForms, hovered, shape, longestPause: () => longestPause };
})();
