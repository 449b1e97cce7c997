export type Move = 'NEXT' | 'BACK' | 'FIRST' | 'LAST';

interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** What has the focus. */
interface Focused {
  tagName: string;
  /** Of an input. */
  type?: string;
  isContentEditable?: boolean;
}

const MOVES: Record<string, Move> = {
  ArrowRight: 'NEXT',
  ArrowLeft: 'BACK',
  PageDown: 'NEXT',
  PageUp: 'BACK',
  Home: 'FIRST',
  End: 'LAST',
};

/** Inputs into which nothing is typed: their arrow keys are those of the slides. */
const NOT_TYPED = ['range', 'radio', 'checkbox', 'button', 'submit', 'color', 'file', 'image', 'reset'];

/** Whether what has the focus takes a text. */
function isTyping(on: Focused): boolean {
  if (on.isContentEditable || /^textarea$/i.test(on.tagName)) return true;
  return /^input$/i.test(on.tagName) && !NOT_TYPED.includes(on.type ?? 'text');
}

/**
 * What a key means to slides: a move, the full screen, or nothing.
 *
 * @param on has the focus; what is typed into it is meant for it
 * @param inPicture whether that is within a slide's live picture, where space turns slides all the same: Enter presses
 */
export function meaning(pressed: Pressed, on: Focused, inPicture: boolean): Move | 'FULL SCREEN' | undefined {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || isTyping(on)) return undefined;
  if (pressed.key === ' ') {
    if (!inPicture && /^(button|a|vaadin-button|summary)$/i.test(on.tagName)) return undefined;
    return pressed.shiftKey ? 'BACK' : 'NEXT';
  }
  if (pressed.shiftKey) return undefined;
  if (pressed.key === 'f' || pressed.key === 'F') return 'FULL SCREEN';
  return MOVES[pressed.key];
}
