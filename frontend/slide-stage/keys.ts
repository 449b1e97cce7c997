export type Move = 'NEXT' | 'BACK' | 'FIRST' | 'LAST';

interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

const MOVES: Record<string, Move> = {
  ArrowRight: 'NEXT',
  ArrowLeft: 'BACK',
  PageDown: 'NEXT',
  PageUp: 'BACK',
  Home: 'FIRST',
  End: 'LAST',
};

/**
 * What a key means to slides: a move, the full screen, or nothing.
 *
 * @param on the tag of the element that has the focus; what is typed or pressed there is meant for it
 */
export function meaning(pressed: Pressed, on: string): Move | 'FULL SCREEN' | undefined {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || /^(input|textarea|select)$/i.test(on)) return undefined;
  if (pressed.key === ' ') {
    if (/^(button|a|vaadin-button|summary)$/i.test(on)) return undefined;
    return pressed.shiftKey ? 'BACK' : 'NEXT';
  }
  if (pressed.shiftKey) return undefined;
  if (pressed.key === 'f' || pressed.key === 'F') return 'FULL SCREEN';
  return MOVES[pressed.key];
}
