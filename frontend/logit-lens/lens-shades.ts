import { cssColour, mix, parseColour, readableOn } from '../shared/colour.ts';
import { themeColor } from '../theme/theme.ts';

export interface Shade {
  background: string;
  colour: string;
}

const STEPS = 64;

/** Backgrounds from the palest to the strongest, each with the text colour that reads best on it. */
export class Shades {
  private readonly steps: Shade[];
  private readonly none: Shade;

  constructor(element: Element) {
    const theme = (variable: string) => parseColour(themeColor(element, variable));
    const ends = [theme('--hl-magnitude-low'), theme('--hl-magnitude-high')];
    const [text, other] = [theme('--hl-text'), theme('--hl-on-accent')];
    this.steps = Array.from({ length: STEPS }, (_, i) => {
      const background = mix(ends, i / (STEPS - 1));
      return { background: cssColour(background), colour: cssColour(readableOn(background, text, other)) };
    });
    this.none = { background: cssColour(theme('--hl-surface-sunken')), colour: cssColour(theme('--hl-muted')) };
  }

  /** The shade of a strength 0..1; null is for cells without the quantity. */
  of(strength: number | null): Shade {
    return strength === null ? this.none : this.steps[Math.round(strength * (STEPS - 1))];
  }

  gradient(): string {
    return `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75, 1].map((at) => this.of(at).background).join(', ')})`;
  }
}
