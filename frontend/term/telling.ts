import { html } from 'lit';
import '../picture/tip.ts';
import type { Tip } from '../picture/tip.ts';

/** The one explanation that is open, and the element that it explains. */
let tip: Tip | undefined;
let explained: Element | undefined;

/**
 * Explains a control that has its own use: on arrival of the pointer or of the keyboard's focus and at a click or tap.
 * To be heard on `pointerenter`, `focusin` and `click`; the explanation goes by itself.
 */
export function telling(word: string, sentence: string): (event: Event) => void {
  return (event) => {
    const element = event.currentTarget as Element;
    if (event.type === 'focusin' && !(event.target as Element).matches(':focus-visible')) return;
    if (!tip) {
      tip = document.createElement('headlight-tip') as Tip;
      document.body.append(tip);
      for (const type of ['pointermove', 'pointerdown', 'focusin', 'keydown', 'scroll']) addEventListener(type, onOther, true);
    }
    explained = element;
    const { left, bottom } = element.getBoundingClientRect();
    tip.show(left - 14, bottom - 6, html`<b>${word}</b><div>${sentence}</div>`);
  };
}

function onOther(event: Event): void {
  if (!explained) return;
  const stays = event instanceof KeyboardEvent ? event.key !== 'Escape' : event.composedPath().includes(explained);
  if (stays && explained.isConnected) return;
  explained = undefined;
  tip!.hide();
}
