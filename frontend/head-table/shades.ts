import { colourOf, cssColour, largest, parseColour, readableOn, type ColourScale } from '../shared/colour.ts';
import { themeColor } from '../theme/theme.ts';

export interface Shade {
  background: string;
  colour: string;
}

/** How far a column's colours reach: scores end at 1, other quantities at the largest. */
export function reach(values: number[]): number {
  return Math.max(1, largest(values));
}

/** The colours of cells: about zero for signed quantities, from zero for others. */
export class Shades {
  private readonly theme: (variable: string) => ReturnType<typeof parseColour>;

  constructor(element: Element) {
    this.theme = (variable) => parseColour(themeColor(element, variable));
  }

  private scale(signed: boolean, most: number): ColourScale {
    const stops = signed
      ? ['--hl-negative', '--hl-zero', '--hl-positive']
      : ['--hl-magnitude-low', '--hl-magnitude-high'];
    return { min: signed ? -most : 0, max: most, stops: stops.map(this.theme) };
  }

  of(value: number, signed: boolean, most: number): Shade {
    if (!Number.isFinite(value)) return { background: 'transparent', colour: cssColour(this.theme('--hl-muted')) };
    const background = colourOf(this.scale(signed, most), value);
    const colour = readableOn(background, this.theme('--hl-text'), this.theme('--hl-surface'));
    return { background: cssColour(background), colour: cssColour(colour) };
  }

  gradient(signed: boolean): string {
    const stops = [0, 0.25, 0.5, 0.75, 1].map((at) => this.of(signed ? 2 * at - 1 : at, signed, 1).background);
    return `linear-gradient(to right, ${stops.join(', ')})`;
  }
}
