import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { exact, fixed, powerOfTen } from '../picture/numbers.ts';
import { EChartElement, type Size } from './echart-element.ts';
import { graphic, type EChartsOption, type Mark } from './echarts.ts';
import { decades, nearest, project, radius, type LogPolar } from './log-polar.ts';
import { textWidth } from './text-width.ts';

export interface EigenvaluesData {
  name: string;
  title: string;
  values: Array<[re: number, im: number]>;
  scoreName: string;
  score: number;
}

const MARGIN = 10;
const REACH = 12;

/** Eigenvalues in the complex plane, the radius in decades. */
@customElement('headlight-eigenvalues')
export class Eigenvalues extends EChartElement<EigenvaluesData> {
  /** What it means to lie along the positive real axis. */
  @property() hint = 'copies →';
  private points: Array<[number, number]> = [];

  protected heading({ title, scoreName, score }: EigenvaluesData): string {
    return scoreName ? `${title} · ${scoreName} ${fixed(score, 2)}` : title;
  }

  protected count(data: EigenvaluesData): number {
    return data.values.length;
  }

  protected option({ values }: EigenvaluesData, { width, height }: Size): EChartsOption {
    const reach = Math.max(20, Math.min(width, height) / 2 - MARGIN);
    // The plane steps aside for the words at its right, where there is room for both.
    const words = 14 + textWidth(this.hint, `11px ${this.theme('--hl-font')}`);
    const cx = Math.max(MARGIN + reach, Math.min(width / 2, width - reach - words));
    const cy = height / 2;
    const plane = decades(values);
    this.points = values.map(([re, im]) => {
      const [x, y] = project(plane, re, im);
      return [cx + x * reach, cy - y * reach];
    });
    const hidden = { type: 'value' as const, min: -1, max: 1, show: false };
    return {
      grid: { left: cx - reach, top: cy - reach, width: 2 * reach, height: 2 * reach },
      xAxis: hidden,
      yAxis: hidden,
      graphic: this.plane(plane, cx, cy, reach, width),
      series: {
        type: 'scatter',
        symbolSize: 7,
        silent: true,
        data: values.map(([re, im]) => project(plane, re, im)),
        itemStyle: { color: this.theme('--hl-accent'), opacity: 0.75 },
      },
    };
  }

  private plane(plane: LogPolar, cx: number, cy: number, reach: number, width: number) {
    const stroke = this.theme('--hl-border');
    const text = {
      fill: this.theme('--hl-muted'),
      stroke: this.theme('--hl-surface'),
      lineWidth: 3,
      font: `11px ${this.theme('--hl-font')}`,
    };
    const exponents = Array.from({ length: plane.high - plane.low + 1 }, (_, i) => plane.low + i);
    const rings = exponents
      .slice(1)
      .map((exponent) => ({
        type: 'circle' as const,
        silent: true,
        shape: { cx, cy, r: reach * radius(plane, 10 ** exponent) },
        style: { stroke, fill: 'none' },
      }));
    const axes = [
      [cx - reach - 6, cy, cx + reach + 6, cy],
      [cx, cy - reach - 6, cx, cy + reach + 6],
    ].map(([x1, y1, x2, y2]) => ({
      type: 'line' as const,
      silent: true,
      shape: { x1, y1, x2, y2 },
      style: { stroke },
    }));
    const labels = exponents
      .slice(1)
      .map((exponent) => ({
        type: 'text' as const,
        silent: true,
        z: 10,
        x: cx + 3,
        y: cy + reach * radius(plane, 10 ** exponent) - 2,
        style: { ...text, text: powerOfTen(exponent), verticalAlign: 'bottom' as const },
      }));
    const beside = width - cx - reach > 12 + textWidth(this.hint, text.font);
    const hint = {
      type: 'text' as const,
      silent: true,
      z: 10,
      x: beside ? cx + reach + 10 : width - 2,
      y: beside ? cy : cy - 5,
      style: {
        ...text,
        text: this.hint,
        align: beside ? ('left' as const) : ('right' as const),
        verticalAlign: beside ? ('middle' as const) : ('bottom' as const),
      },
    };
    return [...rings, ...axes, ...labels, hint];
  }

  protected at(x: number, y: number): number {
    return nearest(this.points, x, y, REACH);
  }

  protected anchor(index: number): [number, number] {
    return this.points[index];
  }

  protected mark(index: number): Mark[] {
    const [cx, cy] = this.points[index];
    const style = { fill: this.theme('--hl-accent'), stroke: this.theme('--hl-text'), lineWidth: 1.5 };
    return [new graphic.Circle({ shape: { cx, cy, r: 5 }, style, z: 20, silent: true })];
  }

  protected describe(index: number) {
    const [re, im] = this.data!.values[index];
    const imaginary = im === 0 ? '' : ` ${im < 0 ? '−' : '+'} ${figure(Math.abs(im))} i`;
    return html`<b>eigenvalue ${index + 1} of ${this.data!.values.length}</b>
      <dl>
        <dt>value</dt><dd>${figure(re)}${imaginary}</dd>
        <dt>magnitude</dt><dd>${figure(Math.hypot(re, im))}</dd>
        <dt>angle</dt><dd>${fixed(degrees(re, im), 2)}°</dd>
      </dl>`;
  }

  protected table({ values }: EigenvaluesData) {
    return {
      header: ['index', 'real', 'imaginary', 'magnitude', 'angle in degrees'],
      rows: values.map(([re, im], index) => [index, re, im, Math.hypot(re, im), degrees(re, im)]),
    };
  }
}

/** As many digits as a float32 has. */
function figure(value: number): string {
  return exact(Math.fround(value));
}
function degrees(re: number, im: number): number {
  return (Math.atan2(im, re) * 180) / Math.PI;
}
