import { themeColor } from '../theme/theme.ts';
import { cssColour, largest, mix, parseColour, readableOn, type Rgb } from './colour.ts';

/** A coloured cell: what is painted, and the colour in which text reads on it. */
export interface Shade {
  background: string;
  colour: string;
}

/** How far a column's colours reach: scores end at 1, other quantities at the largest. */
export function reach(values: number[]): number {
  return Math.max(1, largest(values));
}

/** The colours of cells that text stands on: about zero for signed quantities, from zero for others. */
export class Shades {
  private readonly text: Rgb;
  private readonly surface: Rgb;
  private readonly none: Shade;
  private readonly signed: Rgb[];
  private readonly unsigned: Rgb[];

  /** @param theme the value of a variable of the theme, by its name */
  constructor(theme: (variable: string) => string) {
    const colours = (...names: string[]) => names.map((name) => parseColour(theme(`--hl-${name}`)));
    [this.text, this.surface] = colours('text', 'surface');
    this.signed = colours('negative', 'zero', 'positive');
    this.unsigned = colours('magnitude-low', 'magnitude-high');
    const [sunken, muted] = colours('surface-sunken', 'muted');
    this.none = { background: cssColour(sunken), colour: cssColour(readableOn(sunken, muted)) };
  }

  /** The colours that the theme has where an element stands. */
  static at(element: Element): Shades {
    return new Shades((variable) => themeColor(element, variable));
  }

  /** @param most the magnitude that has the strongest colour */
  of(value: number | null, signed: boolean, most: number): Shade {
    if (value === null || !Number.isFinite(value)) return this.none;
    const share = value / most;
    const mixed = signed ? mix(this.signed, (share + 1) / 2) : mix(this.unsigned, share);
    const background = mixed.map(Math.round) as Rgb; // as it is painted
    return { background: cssColour(background), colour: cssColour(readableOn(background, this.text, this.surface)) };
  }

  gradient(signed: boolean): string {
    const stops = [0, 0.25, 0.5, 0.75, 1].map((at) => this.of(signed ? 2 * at - 1 : at, signed, 1).background);
    return `linear-gradient(to right, ${stops.join(', ')})`;
  }
}
