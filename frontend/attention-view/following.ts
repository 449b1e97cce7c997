/**
 * Whether a window stays with what is selected when its size changes: until a person scrolls away from it. A browser also
 * scrolls by itself, where a window grows or its content shrinks, and tells so only later; that is no wish of a person's.
 */
export class Following {
  private follows = true;
  private isHeld = false;

  /** A person turns the wheel, presses a key or holds the bar: the window may be scrolled by that. */
  readonly hold = { handleEvent: () => (this.isHeld = true), passive: true };

  /** What is selected was brought into view. */
  revealed(): void {
    this.follows = true;
    this.isHeld = false;
  }

  /** The window was scrolled. */
  scrolled(isShown: () => boolean): void {
    if (this.isHeld) this.follows = isShown();
  }

  /** The window has another size; says whether what is selected is to be brought into view. */
  resized(): boolean {
    this.isHeld = false;
    return this.follows;
  }
}
