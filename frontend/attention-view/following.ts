/**
 * Whether a window stays with what is selected: until a person scrolls away from it. A browser also scrolls by itself,
 * where a window grows or its content shrinks, and tells so only later, even where the window has the size of before
 * again; that is no wish of a person's.
 */
export class Following {
  private follows = true;
  private isHeld = false;
  private hasReturned = false;

  /** A person turns the wheel, presses a key or holds the bar: the window may be scrolled by that. */
  readonly hold = { handleEvent: () => (this.isHeld = true), passive: true };

  /** What is selected was brought into view. */
  revealed(): void {
    this.follows = true;
    this.isHeld = this.hasReturned = false;
  }

  /** The window was scrolled; says whether what is selected is to be brought into view again. */
  scrolled(isShown: () => boolean): boolean {
    if (this.isHeld) {
      this.follows = isShown();
      return false;
    }
    // Once: whoever scrolls by other means than these is no browser that scrolls by itself.
    if (!this.follows || this.hasReturned || isShown()) return false;
    this.hasReturned = true;
    return true;
  }

  /** The window has another size; says whether what is selected is to be brought into view. */
  resized(): boolean {
    this.isHeld = this.hasReturned = false;
    return this.follows;
  }
}
