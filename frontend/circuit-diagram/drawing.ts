import { shortened } from '../echart/labels.ts';
import { brief, fixed, signed } from '../picture/numbers.ts';
import { svgDocument, tag, textTag } from '../picture/svg.ts';
import { cssColour, largest, mix, parseColour, type Rgb } from '../shared/colour.ts';
import { cells, STEPS, type Circuit, type Step } from './circuit.ts';
import type { Layout, Scale, Span, Strip } from './layout.ts';
import { placed } from '../shared/token.ts';

export type Theme = (variable: string) => string;

/** The circuit with the parts up to a step in full, those to come pale. */
export class Drawing {
  private readonly circuit: Circuit;
  private readonly layout: Layout;
  private readonly theme: Theme;
  private readonly stops: Rgb[];
  private readonly reach: Record<Scale, number>;

  constructor(circuit: Circuit, layout: Layout, theme: Theme) {
    this.circuit = circuit;
    this.layout = layout;
    this.theme = theme;
    this.stops = ['--hl-negative', '--hl-zero', '--hl-positive'].map((name) => parseColour(theme(name)));
    const reach = (scale: Scale) =>
      largest(layout.strips.filter((strip) => strip.scale === scale).map(({ values }) => largest(values))) || 1;
    this.reach = { stream: reach('stream'), q: reach('q'), k: reach('k'), v: reach('v') };
  }

  content(step: number): string {
    return STEPS.map((name, at) => {
      const opacity = at > step ? 0.13 : 1;
      return tag('g', { opacity, 'data-step': name }, this.part(name, at === step));
    }).join('');
  }

  svg(step: number, said: string): string {
    const { width, height } = this.layout;
    const line = this.text(2, height + 16, said, '--hl-text');
    return svgDocument(Math.max(width, 6.4 * said.length), height + 28, this.theme('--hl-surface'), this.content(step) + line);
  }

  private part(step: Step, now: boolean): string {
    const strips = this.layout.strips.filter((strip) => strip.step === step).map((strip) => this.strip(strip, now));
    return strips.join('') + this.words(step, now);
  }

  private strip({ values, x, y, width, height, scale }: Strip, now: boolean): string {
    const shown = cells(values, width);
    const pitch = width / shown.length;
    const air = pitch >= 5 ? 1 : 0;
    const rects = shown.map((value, i) => {
      const fill = cssColour(mix(this.stops, 0.5 + value / (2 * this.reach[scale])));
      const left = Math.round((x + i * pitch) * 100) / 100;
      return `<rect x="${left}" y="${y}" width="${Math.round((pitch - air) * 100) / 100}" height="${height}" fill="${fill}"/>`;
    });
    const stroke = this.theme(now ? '--hl-accent' : '--hl-border');
    const frame = { x: x - 1, y: y - 1, width: width + 2, height: height + 2, rx: 2, fill: 'none', stroke };
    return rects.join('') + tag('rect', frame);
  }

  private words(step: Step, now: boolean): string {
    const { layout: at, circuit } = this;
    const { token, k, score, weight, v, wide, strips } = at;
    const y = (name: Strip['name']) => {
      const strip = strips.find((each) => each.name === name);
      return strip ? strip.y + strip.height / 2 : 0;
    };
    const middle = ({ x, width }: Span) => x + width / 2;
    const head = at.headY;
    switch (step) {
      case 'x': {
        const about = at.narrow ? '' : `, ${circuit.vectors.x.length} numbers, colours to ±${brief(this.reach.stream)}`;
        const words = `x, the residual stream at ${placed(circuit.destination.label, circuit.destination.index)}${about}`;
        const x = strips.find(({ name }) => name === 'x') ?? wide;
        const named = at.narrow ? this.name(y('x'), 'x', now) : '';
        return named + this.text(x.x, 12, shortened(words, Math.floor(x.width / 6.2) + 2), '--hl-muted');
      }
      case 'q':
        return (
          (at.narrow
            ? this.arrow(`M${middle(k)},34 V${at.queryY - 9}`) + this.arrow(`M${middle(k)},${at.queryY + 9} V${y('q') - 9}`)
            : this.arrow(`M${weight.x - 3},${at.queryY} H${middle(score) + 19}`) +
              this.arrow(`M${middle(score) - 18},${at.queryY} H${k.x + k.width + 3}`)) +
          this.operation(at.narrow ? middle(k) : middle(score), at.queryY, 'W_Q', now) +
          this.name(y('q'), 'q', now) +
          this.note(k, at.narrow ? y('q') + 19 : 12, `±${brief(this.reach.q)}`)
        );
      case 'k':
        return (
          this.operation(middle(k), head, 'W_K', now) +
          this.arrow(`M${middle(k)},${head + 9} V${head + 17}`) +
          this.text(token.x, head + 4, at.narrow ? 'sources' : 'sources, their x', '--hl-muted') +
          this.arrow(`M${token.x + token.width - (at.narrow ? 14 : 8)},${head} H${middle(k) - 23}`) +
          this.rows((row) => this.token(row)) +
          (at.narrow ? '' : this.note({ x: k.x, width: 0.78 * k.width }, head + 4, `±${brief(this.reach.k)}`)) +
          this.others(token.x, at.narrow ? `${at.shown.others} more` : `${at.shown.others} others`, 'start')
        );
      case 'score':
        return (
          this.arrow(
            at.narrow
              ? `M${k.x + k.width + 3},${y('q')} H${middle(score)} V${head - 10}`
              : `M${k.x + 0.8 * k.width},${y('q') + 8} V${head} H${score.x - 6}`,
          ) +
          this.text(middle(score), head + 4, at.narrow ? 'q·k' : `q·k / ${circuit.divisor}`, now ? '--hl-accent' : '--hl-muted', 'middle') +
          this.rows((row, i) => this.figure(score.x + score.width, row, signed(circuit.sources[i].score), now))
        );
      case 'weight':
        return (
          (at.narrow ? '' : this.arrow(`M${score.x + score.width + 4},${head} H${middle(weight) - 34}`)) +
          this.operation(middle(weight), head, 'softmax', now) +
          this.rows((row, i) => this.bar(row, circuit.sources[i].weight, now)) +
          (at.shown.others > 0 ? this.bar(at.othersY, at.shown.rest, now) : '')
        );
      case 'v':
        return (
          (at.narrow ? '' : this.text(v.x, head + 4, 'their x', '--hl-muted')) +
          (at.narrow ? '' : this.arrow(`M${v.x + 46},${head} H${middle(v) - 23}`)) +
          this.operation(middle(v), head, 'W_V', now) +
          this.arrow(`M${middle(v)},${head + 9} V${head + 17}`) +
          (at.narrow ? '' : this.note(v, head + 4, `±${brief(this.reach.v)}`)) +
          (at.narrow ? '' : this.rows((row) => this.text(v.x - 12, row + 4, '×', '--hl-muted', 'middle')))
        );
      case 'z':
        return (
          this.arrow(`M${middle(v)},${y('z') - (at.narrow ? 22 : 18)} V${y('z') - 9}`) +
          this.text(v.x - 8, y('z') + 4, at.narrow ? 'z=ΣAv' : 'z = Σ A v', now ? '--hl-accent' : '--hl-text', 'end')
        );
      case 'result':
        return (
          (at.narrow
            ? this.arrow(`M${middle(v)},${y('z') + 9} V${at.outputY - 9}`) +
              this.arrow(`M${middle(v)},${at.outputY + 9} V${y('r') - 9}`)
            : this.arrow(`M${v.x - 68},${at.outputY} H${middle(score) + 19}`) +
              this.arrow(`M${middle(score) - 18},${at.outputY} H${k.x + k.width + 3}`)) +
          this.operation(at.narrow ? middle(v) : middle(score), at.outputY, 'W_O', now) +
          this.name(y('r'), 'r', now)
        );
      case 'stream':
        return this.name(y('before'), at.narrow ? '+ before' : '+ stream before', now) +
          this.name(y('after'), at.narrow ? '= after' : '= stream after', now);
    }
  }

  private rows(draw: (y: number, source: number) => string): string {
    return this.layout.rows.map(({ y, source }) => draw(y, source)).join('');
  }

  private token(y: number): string {
    const { rows, token, narrow } = this.layout;
    const { label, index } = this.circuit.sources[rows.find((row) => row.y === y)!.source];
    const room = Math.floor((token.width - 8 * String(index).length - 6) / 7);
    const own = shortened(label, Math.max(2, room));
    const place = { x: token.x + [...own].length * 7.3 + 5 };
    return (
      textTag(token.x, y + 4, own, { ...this.font('--hl-mono'), fill: this.theme('--hl-text') }) +
      textTag(place.x, y + 4, String(index), { ...this.font('--hl-font', narrow ? 9 : 10), fill: this.theme('--hl-muted') })
    );
  }

  private others(x: number, words: string, anchor: string): string {
    return this.layout.shown.others > 0 ? this.text(x, this.layout.othersY + 4, words, '--hl-muted', anchor) : '';
  }

  private figure(right: number, y: number, words: string, now: boolean): string {
    return this.text(right, y + 4, words, now ? '--hl-accent' : '--hl-text', 'end');
  }

  private bar(y: number, share: number, now: boolean): string {
    const { x, width } = this.layout.weight;
    const room = width - (this.layout.narrow ? 36 : 46);
    const box = { y: y - 5, height: 10, rx: 1 };
    return (
      tag('rect', { x, ...box, width: room, fill: this.theme('--hl-surface-sunken') }) +
      tag('rect', { x, ...box, width: Math.max(0.5, room * Math.min(1, share)), fill: this.theme('--hl-accent') }) +
      this.figure(x + width - 2, y, share > 0 && share < 0.005 ? '<0.01' : fixed(share, 2), now)
    );
  }

  private name(y: number, words: string, now: boolean): string {
    const { token } = this.layout;
    return this.text(token.x + token.width, y + 4, words, now ? '--hl-accent' : '--hl-text', 'end');
  }

  private note(span: Span, y: number, words: string): string {
    return this.text(span.x + span.width, y, words, '--hl-muted', 'end', 10);
  }

  private operation(x: number, y: number, words: string, now: boolean): string {
    const width = 7 * words.length + 14;
    const stroke = this.theme(now ? '--hl-accent' : '--hl-faint');
    const fill = this.theme(now ? '--hl-accent-soft' : '--hl-surface');
    return (
      tag('rect', { x: x - width / 2, y: y - 9, width, height: 18, rx: 5, fill, stroke, 'stroke-width': now ? 1.6 : 1 }) +
      this.text(x, y + 4, words, now ? '--hl-accent' : '--hl-text', 'middle')
    );
  }

  /** A line whose end has a head. */
  private arrow(d: string): string {
    const moves = [...d.matchAll(/([MVH])(-?[\d.]+)(?:,(-?[\d.]+))?/g)];
    let [x, y] = [0, 0];
    let before = [0, 0];
    for (const [, kind, first, second] of moves) {
      before = [x, y];
      if (kind === 'V') y = Number(first);
      else x = Number(first);
      if (kind === 'M') y = Number(second);
    }
    const stroke = this.theme('--hl-faint');
    const back = x < before[0] ? 5 : -5;
    const tip = x === before[0] ? `M${x},${y} l-3.5,-5 h7 z` : `M${x},${y} l${back},-3.5 v7 z`;
    return tag('path', { d, fill: 'none', stroke, 'stroke-width': 1.2 }) + tag('path', { d: tip, fill: stroke });
  }

  private text(x: number, y: number, words: string, colour: string, anchor = 'start', size?: number): string {
    const style = { ...this.font('--hl-font', size), fill: this.theme(colour), 'text-anchor': anchor };
    return textTag(Math.round(x * 10) / 10, y, words, style);
  }

  private font(family: string, size = this.layout.narrow ? 10.5 : 12) {
    return { 'font-family': this.theme(family), 'font-size': size };
  }
}
