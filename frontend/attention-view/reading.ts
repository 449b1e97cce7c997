import { textWidth } from '../echart/text-width.ts';
import { LABEL_SIZE, type Palette, type Scene } from './scene.ts';
import { decode, figuresOf, linesAbove, type AttentionData, type Show } from './values.ts';

/** The sentence and its heads, of which nothing is selected yet; undefined when there is nothing to draw. */
export function sceneOf(
  data: AttentionData | undefined,
  show: Show,
  threshold: number,
  palette: Palette,
  widthOf = textWidth,
): Scene | undefined {
  if (!data || data.tokens.length === 0 || data.heads.length === 0) return undefined;
  const labels = data.tokens.map(({ label }) => label);
  const labelWidths = labels.map((label) => widthOf(label, `${LABEL_SIZE}px ${palette.mono}`));
  const heads = decode(data);
  const figures = figuresOf(heads, show);
  return {
    labels,
    labelWidths,
    widestLabel: Math.max(...labelWidths),
    heads,
    figures,
    palette,
    show,
    lines: linesAbove(figures, labels.length, threshold),
    threshold,
    destination: -1,
    source: -1,
    pointed: undefined,
    elsewhere: null,
    gradientOf: '',
    cuts: [],
    without: [],
  };
}
