import { isWaiting } from '../connection/vaadin.ts';
import { forget, forgetForm, isOpen, keyOf, page, pageOfElement, read, setOpen, write } from './texts.ts';

/**
 * Keeps what is typed into any text field of the page in the browser's tab until it is sent, and puts it back when the
 * field is there again. A field is known by its form (`data-form` of an element around it, else the page) and by its id
 * or label. What was typed counts as sent once the page itself changes the field, or forgets the form. A field with
 * `data-sends` sends its text by itself: when it is changed, or with each key (`data-sends="input"`).
 */
const FIELDS =
  'vaadin-text-field, vaadin-text-area, vaadin-integer-field, vaadin-number-field, vaadin-email-field, vaadin-combo-box';

/** Milliseconds after which a text that sends itself is asked to have arrived. */
const ARRIVAL = 1000;

interface Field extends HTMLElement {
  value: unknown;
  label?: string | null;
  accessibleName?: string | null;
  placeholder?: string;
  readonly?: boolean;
  inputElement?: HTMLInputElement;
  allowCustomValue?: boolean;
}

/** The fields that are there: under which key each is kept, and its text before anything was typed. */
const known = new WeakMap<Field, { key: string; given: string }>();
/** Fields whose text was put back, and which have not sent it yet. */
const putBack = new WeakSet<Field>();

function isPicker(field: Field): boolean {
  return field.localName === 'vaadin-combo-box';
}

function textOf(field: Field): string {
  return String((isPicker(field) ? field.inputElement?.value : field.value) ?? '');
}

function key(field: Field): string {
  const form = field.closest<HTMLElement>('[data-form]')?.dataset.form ?? pageOfElement(field);
  return keyOf(form, field.id || field.label || field.accessibleName || field.placeholder || field.localName);
}

function meet(field: Field): void {
  if (field.readonly) return;
  // What is typed there only looks for what can be picked.
  if (isPicker(field) && !field.allowCustomValue) return;
  const now = key(field);
  const before = known.get(field);
  if (before?.key === now) return;
  known.set(field, { key: now, given: textOf(field) });
  if (!before) field.addEventListener('value-changed', () => setTimeout(() => changed(field)));
  const text = read(now);
  if (text !== undefined && text !== textOf(field)) restore(field, text);
}

/** As if it had been typed again; but what a field sends by itself waits until it is left. */
function restore(field: Field, text: string): void {
  if (field.dataset.sends) {
    putBack.add(field);
    if (isPicker(field)) field.inputElement!.value = text;
    else field.value = text;
  } else if (isPicker(field)) {
    if (field.allowCustomValue) field.dispatchEvent(new CustomEvent('custom-value-set', { detail: text, bubbles: true }));
  } else {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  field.dispatchEvent(new CustomEvent('draft-restored', { bubbles: true }));
}

/** What the page puts into a field takes the place of what was typed there. */
function changed(field: Field): void {
  const met = known.get(field);
  if (!met || !field.isConnected || met.key !== key(field)) return;
  const text = read(met.key);
  if (text === textOf(field)) return;
  if (text !== undefined && isPicker(field) && field.value) write(met.key, textOf(field));
  else if (text !== undefined) forget(met.key);
  met.given = textOf(field);
}

function fieldOf(event: Event): Field | undefined {
  const field = event.composedPath().find((node) => node instanceof Element && node.matches(FIELDS)) as Field | undefined;
  if (field) meet(field);
  return field && known.has(field) ? field : undefined;
}

function keep(field: Field, text: string): void {
  const { key, given } = known.get(field)!;
  if (text === given) forget(key);
  else write(key, text);
}

function typed(event: Event): void {
  const field = fieldOf(event);
  const text = (event.composedPath()[0] as { value?: unknown }).value;
  if (!field || typeof text !== 'string') return;
  keep(field, text);
  if (field.dataset.sends === 'input') arrives(field);
}

function committed(event: Event): void {
  const field = fieldOf(event);
  if (!field) return;
  putBack.delete(field);
  if (isPicker(field) && event.type === 'change') keep(field, textOf(field));
  if (field.dataset.sends) arrives(field);
}

/** Forgets what a field sent by itself once the server has answered. */
function arrives(field: Field): void {
  const met = known.get(field)!;
  const sent = read(met.key);
  setTimeout(() => {
    if (sent === undefined || read(met.key) !== sent) return;
    if (isWaiting()) arrives(field);
    else {
      forget(met.key);
      met.given = sent;
    }
  }, ARRIVAL);
}

/** A text that was put back is no change to the browser, and would not be sent. */
function left(event: Event): void {
  if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
  const field = fieldOf(event);
  if (!field || !putBack.delete(field)) return;
  if (!isPicker(field)) {
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (field.allowCustomValue) {
    field.dispatchEvent(new CustomEvent('custom-value-set', { detail: textOf(field), bubbles: true }));
  }
}

function look(root: Element): void {
  if (root.matches(FIELDS)) meet(root as Field);
  for (const field of root.querySelectorAll<Field>(FIELDS)) meet(field);
}

new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === 'attributes') look(change.target as Element);
    for (const node of change.addedNodes) if (node instanceof Element && node.isConnected) look(node);
  }
}).observe(document, { subtree: true, childList: true, attributeFilter: ['data-form', 'data-page', 'id', 'hidden'] });

document.addEventListener('input', typed, true);
document.addEventListener('change', committed, true);
document.addEventListener('custom-value-set', committed, true);
document.addEventListener('focusout', left, true);
document.addEventListener('keydown', left, true);
// The form to sign in is sent by the browser itself.
document.addEventListener('login', () => forgetForm(page()), true);

/** For the server's side of a form: what it sent, or gave up, and whether it is open. */
window.headlightForms = { forget: forgetForm, setOpen, isOpen };

declare global {
  interface Window {
    headlightForms: { forget(form: string): void; setOpen(form: string, open: boolean): void; isOpen(form: string): boolean };
  }
}
