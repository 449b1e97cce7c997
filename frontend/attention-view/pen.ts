import { svgDocument, tag, textTag } from '../picture/svg.ts';

export interface TextStyle {
  colour: string;
  font: string;
  size: number;
  align?: 'left' | 'center' | 'right';
  bold?: boolean;
  /** Degrees, clockwise, about the text's own place. */
  turn?: number;
}

/** What the renderers draw with: the screen's canvas, or an SVG file of the same picture. */
export interface Pen {
  begin(): void;
  curve(x0: number, y0: number, x1: number, y1: number, x2: number, y2: number, x3: number, y3: number): void;
  /** Strokes the curves since `begin`. */
  stroke(colour: string, opacity: number, width: number): void;
  fill(points: Array<[number, number]>, colour: string, opacity: number): void;
  rect(x: number, y: number, width: number, height: number, colour: string, opacity?: number): void;
  frame(x: number, y: number, width: number, height: number, colour: string, lineWidth: number): void;
  text(x: number, y: number, text: string, style: TextStyle): void;
  image(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void;
}

/** One stroke of very many curves takes far longer than several of fewer. */
const CURVES_A_STROKE = 16;

export class CanvasPen implements Pen {
  private readonly context: CanvasRenderingContext2D;
  private curves: number[] = [];

  constructor(context: CanvasRenderingContext2D) {
    this.context = context;
    context.textBaseline = 'middle';
    context.lineCap = 'round';
  }

  begin(): void {
    this.curves = [];
  }

  curve(x0: number, y0: number, x1: number, y1: number, x2: number, y2: number, x3: number, y3: number): void {
    this.curves.push(x0, y0, x1, y1, x2, y2, x3, y3);
  }

  stroke(colour: string, opacity: number, width: number): void {
    const { context, curves: c } = this;
    context.strokeStyle = colour;
    context.globalAlpha = opacity;
    context.lineWidth = width;
    for (let from = 0; from < c.length; from += 8 * CURVES_A_STROKE) {
      context.beginPath();
      for (let i = from; i < Math.min(c.length, from + 8 * CURVES_A_STROKE); i += 8) {
        context.moveTo(c[i], c[i + 1]);
        context.bezierCurveTo(c[i + 2], c[i + 3], c[i + 4], c[i + 5], c[i + 6], c[i + 7]);
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  fill(points: Array<[number, number]>, colour: string, opacity: number): void {
    const { context } = this;
    context.fillStyle = colour;
    context.globalAlpha = opacity;
    context.beginPath();
    points.forEach(([x, y]) => context.lineTo(x, y));
    context.fill();
    context.globalAlpha = 1;
  }

  rect(x: number, y: number, width: number, height: number, colour: string, opacity = 1): void {
    this.context.fillStyle = colour;
    this.context.globalAlpha = opacity;
    this.context.fillRect(x, y, width, height);
    this.context.globalAlpha = 1;
  }

  frame(x: number, y: number, width: number, height: number, colour: string, lineWidth: number): void {
    this.context.strokeStyle = colour;
    this.context.lineWidth = lineWidth;
    this.context.strokeRect(x, y, width, height);
  }

  text(x: number, y: number, text: string, { colour, font, size, align = 'left', bold, turn = 0 }: TextStyle): void {
    const { context } = this;
    context.fillStyle = colour;
    context.font = `${bold ? '600 ' : ''}${size}px ${font}`;
    context.textAlign = align;
    if (turn === 0) {
      context.fillText(text, x, y);
      return;
    }
    context.save();
    context.translate(x, y);
    context.rotate((turn * Math.PI) / 180);
    context.fillText(text, 0, 0);
    context.restore();
  }

  image(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void {
    this.context.imageSmoothingEnabled = false;
    this.context.drawImage(image, x, y, width, height);
  }
}

const ANCHORS = { left: 'start', center: 'middle', right: 'end' };
const figure = (value: number) => Math.round(value * 100) / 100;

export class SvgPen implements Pen {
  private parts: string[] = [];
  private path: string[] = [];

  begin(): void {
    this.path = [];
  }

  curve(x0: number, y0: number, ...rest: number[]): void {
    this.path.push(`M${figure(x0)} ${figure(y0)}C${rest.map(figure).join(' ')}`);
  }

  stroke(colour: string, opacity: number, width: number): void {
    if (this.path.length === 0) return;
    // Curves of one path would not darken each other where they cross, which those on the screen do.
    const paths = this.path.map((d) => tag('path', { d })).join('');
    const look = {
      fill: 'none',
      stroke: colour,
      'stroke-opacity': figure(opacity),
      'stroke-width': width,
      'stroke-linecap': 'round',
    };
    this.parts.push(tag('g', look, paths));
  }

  fill(points: Array<[number, number]>, colour: string, opacity: number): void {
    const list = points.map((point) => point.map(figure).join(',')).join(' ');
    this.parts.push(tag('polygon', { points: list, fill: colour, 'fill-opacity': figure(opacity) }));
  }

  rect(x: number, y: number, width: number, height: number, colour: string, opacity = 1): void {
    const box = { x: figure(x), y: figure(y), width: figure(width), height: figure(height) };
    this.parts.push(tag('rect', { ...box, fill: colour, 'fill-opacity': figure(opacity) }));
  }

  frame(x: number, y: number, width: number, height: number, colour: string, lineWidth: number): void {
    const box = { x: figure(x), y: figure(y), width: figure(width), height: figure(height) };
    this.parts.push(tag('rect', { ...box, fill: 'none', stroke: colour, 'stroke-width': lineWidth }));
  }

  text(x: number, y: number, text: string, { colour, font, size, align = 'left', bold, turn }: TextStyle): void {
    const place: Record<string, string> = turn ? { transform: `rotate(${turn} ${figure(x)} ${figure(y)})` } : {};
    const look = { fill: colour, 'font-family': font, 'font-size': size, 'font-weight': bold ? 600 : 400 };
    const stand = { 'text-anchor': ANCHORS[align], 'dominant-baseline': 'central' };
    this.parts.push(textTag(figure(x), figure(y), text, { ...look, ...stand, ...place }));
  }

  image(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void {
    const box = { x: figure(x), y: figure(y), width: figure(width), height: figure(height) };
    const look = { preserveAspectRatio: 'none', style: 'image-rendering:pixelated' };
    this.parts.push(tag('image', { ...box, ...look, href: image.toDataURL() }));
  }

  document(width: number, height: number, background: string): string {
    return svgDocument(Math.ceil(width), Math.ceil(height), background, this.parts.join(''));
  }
}
