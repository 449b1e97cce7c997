import { parseColour, type ColourScale } from '../shared/colour.ts';
import { fixed, signed } from '../picture/numbers.ts';
import { themeColor } from '../theme/theme.ts';
import type { Box, Pointed } from './geometry.ts';
import type { Pen } from './pen.ts';
import { isRenormalised, type Cut, type Figures, type Head, type Lines, type Show } from './values.ts';

export type Mode = 'lines' | 'arcs' | 'matrix';

/** The theme as it stands, for drawing. */
export interface Palette {
  text: string;
  muted: string;
  faint: string;
  accent: string;
  soft: string;
  surface: string;
  sunken: string;
  border: string;
  positive: string;
  negative: string;
  zero: string;
  low: string;
  high: string;
  series: string[];
  font: string;
  mono: string;
}

/** Everything that a picture of attention shows, whichever way it is drawn. */
export interface Scene {
  labels: string[];
  /** Of the labels in LABEL_SIZE. */
  labelWidths: number[];
  widestLabel: number;
  heads: Head[];
  show: Show;
  threshold: number;
  figures: Figures;
  lines: Lines;
  /** What is selected; -1 for nothing. */
  destination: number;
  source: number;
  pointed: Pointed | undefined;
  /** What the gradient is of. */
  gradientOf: string;
  /** The lines of these heads that edits cut. */
  cuts: Cut[];
  /** The sources that the figures leave out. */
  without: number[];
  /** The token that the pointer rests on in another component. */
  elsewhere: number | null;
  palette: Palette;
}

export interface Size {
  width: number;
  height: number;
}

/** One way of drawing a scene. All places are those in the whole picture; `view` is the part on the screen. */
export interface Renderer<L extends Size = Size> {
  layout(scene: Scene, width: number, height: number): L;
  /** What stays while the pointer moves. */
  base(pen: Pen, scene: Scene, layout: L, view: Box): void;
  overlay(pen: Pen, scene: Scene, layout: L, view: Box): void;
  /** How strongly the base shows through while something is emphasised, 0..1. */
  baseOpacity(scene: Scene): number;
  hit(scene: Scene, layout: L, view: Box, x: number, y: number): Pointed | undefined;
  /** The box of a token or a line, for scrolling it into view. */
  place(layout: L, pointed: Pointed): Box;
}

export const LABEL_SIZE = 13;
export const SMALL = 11;

export function readPalette(element: Element): Palette {
  const colour = (name: string) => themeColor(element, `--hl-${name}`);
  return {
    text: colour('text'),
    muted: colour('muted'),
    faint: colour('faint'),
    accent: colour('accent'),
    soft: colour('accent-soft'),
    surface: colour('surface'),
    sunken: colour('surface-sunken'),
    border: colour('border'),
    positive: colour('positive'),
    negative: colour('negative'),
    zero: colour('zero'),
    low: colour('magnitude-low'),
    high: colour('magnitude-high'),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => colour(`series-${n}`)),
    font: colour('font'),
    mono: colour('mono'),
  };
}

export function colourOfLine({ figures, palette }: Scene, head: number, negative: boolean): string {
  if (figures.signed) return negative ? palette.negative : palette.positive;
  return palette.series[head % palette.series.length];
}

export function scaleOf({ figures, palette }: Scene): ColourScale {
  const top = figures.largest || 1;
  if (!figures.signed) return { min: 0, max: top, stops: [parseColour(palette.low), parseColour(palette.high)] };
  return { min: -top, max: top, stops: [palette.negative, palette.zero, palette.positive].map(parseColour) };
}

/** The figure of a line as it stands beside a token: of the head whose figure is largest, in that head's colour. */
export function lineFigure(scene: Scene, destination: number, source: number): { text: string; colour: string } {
  const {
    figures: { triangles, signed: isSigned, reach },
    palette,
  } = scene;
  const i = reach.at(destination, source);
  let head = 0;
  for (let other = 1; other < triangles.length; other++) {
    if (Math.abs(triangles[other][i]) > Math.abs(triangles[head][i])) head = other;
  }
  const figure = triangles[head][i];
  if (Number.isNaN(figure)) return { text: '', colour: palette.faint };
  const text = isSigned ? signed(figure) : fixed(figure, 2);
  if (Math.abs(figure) < 0.005) return { text, colour: palette.faint };
  return { text, colour: triangles.length > 1 && !isSigned ? colourOfLine(scene, head, false) : palette.text };
}

/** What a heading calls the figures; of logits, what the server says that they are. */
export function unitOf({ show, heads, without }: Scene): string {
  const unit = { weight: 'weights', value: 'weight × value', logit: heads[0].effect, gradient: 'weight × grad' }[show];
  const rest = without.length > 0 && isRenormalised(heads, show) ? 'scaled ' : '';
  return heads[0].change ? `Δ ${unit}` : rest + unit;
}

/** The destination whose figures stand beside the sources: the one pointed at, else the selected one. */
export function readDestination({ pointed, destination }: Scene): number {
  return pointed && pointed.destination >= 0 ? pointed.destination : destination;
}

/** How much the lines that are not meant step back. */
export function fade({ pointed, destination, source }: Scene): number {
  if (pointed) return pointed.destination < 0 || pointed.source < 0 ? 0.12 : 0.4;
  return destination >= 0 && source < 0 ? 0.25 : 1;
}

/** Whether a line belongs to the token pointed at, or to the destination that is selected by itself. */
export function stands({ pointed, destination, source }: Scene, d: number, s: number): boolean {
  if (!pointed) return destination >= 0 && source < 0 && d === destination;
  if (pointed.destination >= 0 && pointed.source >= 0) return d === pointed.destination && s === pointed.source;
  return pointed.destination >= 0 ? d === pointed.destination : s === pointed.source;
}
