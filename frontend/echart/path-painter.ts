import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts';
import { cssColour, mix, type Rgb } from '../shared/colour.ts';
import { graphic, type Mark } from './echarts.ts';
import { place, type Box } from './labels.ts';
import type { Point } from './paths.ts';
import { textWidth } from './text-width.ts';

export interface PathScene {
  paths: Point[][];
  labels: string[];
  /** -1 for none. */
  destination: number;
  /** Where the plot ends. */
  right: number;
  faint: Rgb;
  accent: Rgb;
  surface: string;
  text: string;
  mono: string;
}

/** Paths and marks have canvases of their own. */
export const PATHS = 1;
const MARKS = 2;
const LAYER = { zlevel: PATHS, silent: true, clip: true };
/** More paths than this get smaller points. */
const CROWD = 100;

type Coord = (point: Point) => number[];

/** A group drawn anew: ECharts gives a child the place of the one that had its number before, which may be a label. */
const DRAWN_ANEW = { type: 'group' as const, $mergeChildren: false as const };

/** Draws paths as ECharts series, and remembers where on the screen they came to lie. */
export class PathPainter {
  readonly drawn: Point[][];
  private readonly scene: PathScene;
  private readonly font: string;

  constructor(scene: PathScene) {
    this.scene = scene;
    this.drawn = scene.paths.map(() => []);
    this.font = `11px ${scene.mono}`;
  }

  /** From the bottom to the top. */
  series(): Array<CustomSeriesOption | ScatterSeriesOption> {
    const { paths, destination } = this.scene;
    return [this.lines(), ...this.dots(), ...(paths[destination] ? [this.chosen(destination)] : [])];
  }

  /** A path drawn over the others, once these are drawn. */
  marks(token: number): Mark[] {
    const points = this.drawn[token];
    const { line, dots } = this.strong(points);
    const common = { zlevel: MARKS, silent: true };
    const label = this.labelAt(token, this.labelBox(token, end(points)), true);
    return [
      new graphic.Polyline({ ...common, ...line }),
      ...dots.map((dot) => new graphic.Circle({ ...common, ...dot, z2: 1 })),
      new graphic.Text({ ...common, x: label.x, y: label.y, style: label.style, z2: 2 }),
    ];
  }

  /** The thin lines of all tokens but the destination as one path, and the labels that have room beside its label. */
  private lines(): CustomSeriesOption {
    const { paths, destination, faint } = this.scene;
    const style = { fill: 'none', stroke: cssColour(faint), lineWidth: 0.8, opacity: 0.55 };
    return {
      ...LAYER,
      type: 'custom',
      data: [[0]],
      encode: { x: [], y: [] },
      renderItem: (_, api) => {
        paths.forEach((_path, token) => this.onScreen(token, api.coord));
        const pathData = this.drawn.map((points, token) => (token === destination ? '' : svgPath(points))).join('');
        const line = { type: 'path' as const, shape: { pathData }, style };
        return { ...DRAWN_ANEW, children: [...(pathData ? [line] : []), ...this.labels()] };
      },
    };
  }

  private labels() {
    const { destination } = this.scene;
    const placed = this.drawn[destination] ? [this.labelBox(destination, end(this.drawn[destination]))] : [];
    return this.drawn.flatMap((points, token) => {
      if (token === destination || points.length === 0) return [];
      const box = this.labelBox(token, end(points));
      return place(placed, box) ? [this.labelAt(token, box, false)] : [];
    });
  }

  /** One series of points a stage: many points in one go, however many tokens there are. */
  private dots(): ScatterSeriesOption[] {
    const { paths, faint, accent } = this.scene;
    const crowded = paths.length > CROWD;
    const layers = paths[0].length - 1;
    return Array.from({ length: layers + 1 }, (_, stage) => ({
      ...LAYER,
      type: 'scatter',
      large: crowded,
      symbolSize: (crowded ? 1.1 : 2) * dotRadius(stage, layers),
      itemStyle: { color: cssColour(mix([faint, accent], layers === 0 ? 1 : stage / layers)) },
      data: paths.map((points) => points[stage]).filter(isFinite),
    }));
  }

  /** The destination's path, drawn last and strong. */
  private chosen(destination: number): CustomSeriesOption {
    return {
      ...LAYER,
      type: 'custom',
      data: [[destination]],
      encode: { x: [], y: [] },
      renderItem: (_, api) => {
        const points = this.onScreen(destination, api.coord);
        const { line, dots } = this.strong(points);
        const circles = dots.map((dot) => ({ type: 'circle' as const, ...dot }));
        const label = this.labelAt(destination, this.labelBox(destination, end(points)), true);
        return { ...DRAWN_ANEW, children: [{ type: 'polyline', ...line }, ...circles, label] };
      },
    };
  }

  private onScreen(token: number, coord: Coord): Point[] {
    const points = this.scene.paths[token].filter(isFinite).map((point) => coord(point) as Point);
    this.drawn[token] = points;
    return points;
  }

  /** Beside the end of the path: to its right, or to its left where the plot ends. */
  private labelBox(token: number, [x, y]: Point): Box {
    const width = textWidth(this.scene.labels[token], this.font) + 4;
    return { x: x + 6 + width <= this.scene.right ? x + 6 : x - 6 - width, y: y - 6, width, height: 12 };
  }

  private labelAt(token: number, box: Box, strong: boolean) {
    const { labels, accent, text, surface } = this.scene;
    const style = {
      text: labels[token],
      fill: strong ? cssColour(accent) : text,
      font: strong ? `bold ${this.font}` : this.font,
      verticalAlign: 'middle' as const,
      stroke: surface,
      lineWidth: 3,
    };
    return { type: 'text' as const, x: box.x, y: box.y + 6, style };
  }

  private strong(points: Point[]) {
    const colour = cssColour(this.scene.accent);
    return {
      line: { shape: { points }, style: { fill: 'none', stroke: colour, lineWidth: 2 } },
      dots: points.map(([cx, cy], stage) => ({
        shape: { cx, cy, r: 1.3 * dotRadius(stage, points.length - 1) },
        style: { fill: colour },
      })),
    };
  }
}

function isFinite(point: Point): boolean {
  return point.every(Number.isFinite);
}

/** A polyline in SVG's notation. */
function svgPath(points: Point[]): string {
  return points.length > 1 ? `M${points.map(([x, y]) => `${x} ${y}`).join('L')}` : '';
}

function end(points: Point[]): Point {
  return points.at(-1) ?? [0, 0];
}

/** Points grow along the way. */
function dotRadius(stage: number, layers: number): number {
  return 1.2 + 2.2 * (layers <= 0 ? 1 : stage / layers);
}
