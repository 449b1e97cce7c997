import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { EChartElement, type Size } from '../echart/echart-element.ts';
import { graphic, type EChartsOption, type Mark } from '../echart/echarts.ts';
import { spread } from '../echart/labels.ts';
import { brief, exact, fixed, grouped } from '../picture/numbers.ts';
import { lossBegin, lossEnd, nearest, place, ticks, type History } from './history.ts';

const ROOM = { left: 42, right: 148, top: 22, bottom: 34 };
/** Between the plot and the lines' names stands the axis of the scores. */
const SCORES = 34;

/** A quantity with its colour, and where its line ends. */
interface Line {
  label: string;
  colour: string;
  points: Array<[number, number]>;
  /** Read on the right axis, 0 to 1. */
  score: boolean;
  dashed?: boolean;
}

/** Loss and head scores against the steps of a training; checkpoints are marked, and picking one fires `step-select`. */
@customElement('headlight-training-curve')
export class TrainingCurve extends EChartElement<History> {
  private box = { left: 0, top: 0, width: 0, height: 0 };
  private least = 0;
  private most = 1;

  protected heading(): string {
    return 'Loss, at the left, and the best head’s scores, at the right, by step';
  }

  protected emptyText({ measures, losses }: History): string {
    return measures.length + losses.length === 0 ? 'The curves begin with the first step.' : '';
  }

  protected count({ measures }: History): number {
    return measures.length;
  }

  private lines({ losses, measures, unseen, unigram, bigram, steps }: History): Line[] {
    const score = (label: string, colour: string, of: 2 | 3): Line => ({
      label,
      colour: this.theme(colour),
      points: measures.map((measure): [number, number] => [measure[0], measure[of]]),
      score: true,
    });
    const level = (label: string, value: number): Line => ({
      label,
      colour: this.theme('--hl-faint'),
      points: [
        [0, value],
        [steps, value],
      ],
      score: false,
      dashed: true,
    });
    return [
      level('unigram', unigram),
      level('bigram', bigram),
      { label: 'training loss', colour: this.theme('--hl-series-7'), points: losses.map(([step, loss]): [number, number] => [step, loss]), score: false },
      {
        label: `${unseen.split(' ')[0]} loss`,
        colour: this.theme('--hl-series-1'),
        points: measures.map(([step, loss]): [number, number] => [step, loss]),
        score: false,
      },
      {
        label: 'in-context score',
        colour: this.theme('--hl-series-4'),
        points: measures
          .filter((measure) => Number.isFinite(measure[4]))
          .map((measure): [number, number] => [measure[0], measure[4]]),
        score: false,
      },
      score('previous token', '--hl-series-3', 3),
      score('induction', '--hl-series-2', 2),
    ].filter(({ points }) => points.length > 0);
  }

  protected option(history: History, { width, height }: Size): EChartsOption {
    const { left, right, top, bottom } = ROOM;
    this.box = { left, top, width: Math.max(10, width - left - right), height: Math.max(10, height - top - bottom) };
    const lines = this.lines(history);
    this.least = lossBegin(history);
    this.most = lossEnd(history);
    const [muted, border] = [this.theme('--hl-muted'), this.theme('--hl-border')];
    return {
      grid: this.box,
      xAxis: { type: 'value', min: 0, max: 1, show: false },
      yAxis: [
        {
          type: 'value',
          min: this.least,
          max: this.most,
          name: 'nats a token',
          nameGap: 8,
          nameTextStyle: { color: muted, align: 'left' },
          splitNumber: 4,
          axisLine: { show: false },
          axisTick: { show: false },
          splitLine: { lineStyle: { color: border } },
          axisLabel: { color: muted, formatter: brief },
        },
        {
          type: 'value',
          name: 'score',
          nameGap: 8,
          nameTextStyle: { color: muted, align: 'left' },
          min: 0,
          max: 1,
          interval: 0.25,
          position: 'right',
          axisLine: { show: true, lineStyle: { color: border } },
          axisTick: { show: false },
          splitLine: { show: false },
          axisLabel: { color: muted, formatter: brief, margin: 5 },
        },
      ],
      series: lines.map(({ label, colour, points, score, dashed }) => ({
        type: 'line' as const,
        name: label,
        silent: true,
        yAxisIndex: score ? 1 : 0,
        data: points.map(([step, value]) => [place(step, history.steps), value]),
        showSymbol: false,
        lineStyle: { width: dashed ? 1 : 1.8, color: colour, type: dashed ? ([4, 4] as [number, number]) : 'solid' },
      })),
      graphic: [...this.names(lines), ...this.axis(history), ...this.stops(history)],
    };
  }

  /** The lines' names beside their ends, scores with their last value. */
  private names(lines: Line[]) {
    const wanted = lines.map(({ points, score }) => this.y(points[points.length - 1][1], score));
    const places = spread(wanted, 13, this.box.top, this.box.top + this.box.height);
    return lines.map(({ label, colour, points, dashed }, index) => ({
      type: 'text' as const,
      silent: true,
      x: this.box.left + this.box.width + SCORES,
      y: places[index],
      style: {
        text: `${label} ${fixed(points[points.length - 1][1], 2)}`,
        fill: dashed ? this.theme('--hl-muted') : colour,
        font: `11px ${this.theme('--hl-font')}`,
        verticalAlign: 'middle' as const,
      },
    }));
  }

  private axis({ steps }: History) {
    return ticks(steps).map((step) => ({
      type: 'text' as const,
      silent: true,
      x: this.x(step),
      y: this.box.top + this.box.height + 20,
      style: {
        text: step === steps ? `${grouped(step)} steps` : grouped(step),
        fill: this.theme('--hl-muted'),
        font: `11px ${this.theme('--hl-font')}`,
        align: 'center' as const,
      },
    }));
  }

  /** A tick for each checkpoint, the shown one larger. */
  private stops({ checkpoints, selected }: History) {
    const shown = selected < 0 ? checkpoints[checkpoints.length - 1] : selected;
    return checkpoints.map((step) => ({
      type: 'circle' as const,
      silent: true,
      shape: { cx: this.x(step), cy: this.box.top + this.box.height + 6, r: step === shown ? 5 : 2.5 },
      style: { fill: this.theme(step === shown ? '--hl-accent' : '--hl-faint') },
    }));
  }

  private x(step: number): number {
    return this.box.left + this.box.width * place(step, this.data!.steps);
  }

  private y(value: number, score: boolean): number {
    const share = score ? value : (value - this.least) / (this.most - this.least);
    return this.box.top + this.box.height * (1 - share);
  }

  protected at(x: number, y: number): number {
    const { left, top, width, height } = this.box;
    if (x < left - 8 || x > left + width + 8 || y < top - 8 || y > top + height + 14) return -1;
    const { measures } = this.data!;
    let best = -1;
    measures.forEach(([step], index) => {
      if (best < 0 || Math.abs(this.x(step) - x) < Math.abs(this.x(measures[best][0]) - x)) best = index;
    });
    return best;
  }

  protected anchor(index: number): [number, number] {
    return [this.x(this.data!.measures[index][0]), this.box.top + this.box.height / 3];
  }

  protected canPick(): boolean {
    return (this.data?.checkpoints.length ?? 0) > 0;
  }

  protected pick(index: number): void {
    const { checkpoints, measures, steps } = this.data!;
    const stop = nearest(checkpoints, measures[index][0], steps);
    if (stop >= 0) this.fire('step-select', { step: checkpoints[stop] });
  }

  protected mark(index: number): Mark[] {
    const x = this.x(this.data!.measures[index][0]);
    const { top, height } = this.box;
    return [
      new graphic.Line({
        shape: { x1: x, y1: top, x2: x, y2: top + height },
        style: { stroke: this.theme('--hl-faint'), lineWidth: 1 },
        z: 19,
        silent: true,
      }),
    ];
  }

  protected describe(index: number) {
    const [step, unseen, induction, previous, inContext] = this.data!.measures[index];
    return html`<b>step ${grouped(step)}</b>
      <dl>
        <dt>loss on ${this.data!.unseen}</dt><dd>${exact(unseen)}</dd>
        <dt>induction, best head</dt><dd>${exact(induction)}</dd>
        <dt>previous token, best head</dt><dd>${exact(previous)}</dd>
        ${Number.isFinite(inContext) ? html`<dt>in-context-learning score</dt><dd>${exact(inContext)}</dd>` : nothing}
      </dl>`;
  }

  protected table({ measures, unseen }: History) {
    return {
      header: ['step', `loss on ${unseen}`, 'induction, best head', 'previous token, best head', 'in-context-learning score'],
      rows: measures.map((row) => row.map((figure) => (Number.isFinite(figure) ? figure : ''))),
    };
  }
}
