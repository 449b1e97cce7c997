import { docked, slotAt } from './docking.ts';
import {
  arc,
  arcBetween,
  arcDistance,
  arcLayout,
  headShift,
  nearestArc,
  REACH,
  shorten,
  tokenAt,
  type ArcLayout,
  type Box,
  type Pointed,
} from './geometry.ts';
import { drawCross } from './cuts.ts';
import type { Pen } from './pen.ts';
import {
  colourOfLine,
  fade,
  lineFigure,
  LABEL_SIZE,
  readDestination,
  SMALL,
  stands,
  unitOf,
  type Renderer,
  type Scene,
} from './scene.ts';
import { opacityOf, reaches } from './values.ts';
import { named } from './words.ts';

/** The sentence once, and above it an arc from each destination back to the sources that it looks at. */
export const arcs: Renderer<ArcLayout> = {
  layout: (scene, width, height) => arcLayout(scene.labelWidths, width, height),

  base(pen, scene, layout, view) {
    const left = view.left - 20;
    const right = view.left + view.width + 20;
    strokeArcs(
      pen,
      scene,
      layout,
      1.6,
      (destination, source) => layout.centres[source] < right && layout.centres[destination] > left,
    );
  },

  overlay(pen, scene, layout, view) {
    const { pointed, destination, source } = scene;
    if (fade(scene) < 1) strokeArcs(pen, scene, layout, 2, (d, s) => stands(scene, d, s));
    const aside = tokensAside(scene, layout, view);
    if (pointed && pointed.destination >= 0 && pointed.source >= 0) strokeOne(pen, scene, layout, aside, pointed, 3);
    if (destination >= 0 && source >= 0) strokeOne(pen, scene, layout, aside, { destination, source }, 4);
    strokeCuts(pen, scene, layout, aside);
    drawArrivals(pen, scene, layout);
    drawSentence(pen, scene, layout, view, aside);
    drawAside(pen, scene, layout, view, aside);
    drawBand(pen, scene, layout, view);
  },

  baseOpacity: fade,

  hit(scene, layout, view, x, y) {
    const aside = tokensAside(scene, layout, view);
    if (y > layout.base + 3) {
      const there = slotAt(aside, (each) => slotAside(layout, view, each), x);
      const token = there >= 0 ? there : tokenAt(layout, x);
      if (token < 0) return undefined;
      return y > layout.base + 26 ? { destination: -1, source: token } : { destination: token, source: -1 };
    }
    return onSelectedAside(scene, layout, aside, x, y) ?? nearestArc(scene.lines, layout, x, y);
  },

  place(layout, { destination, source }) {
    const token = destination >= 0 ? destination : source;
    const slot = layout.slots[token];
    return { left: layout.centres[token] - slot * 1.5, top: 0, width: slot * 3, height: 0 };
  },
};

const shiftOf = (scene: Scene, head: number) => headShift(head, scene.lines.heads, 16);

/** Where the ends of the lines that are meant stand, as far as they are scrolled away: middle by token. */
function tokensAside({ destination, source, pointed }: Scene, layout: ArcLayout, view: Box): Map<number, number> {
  const meant = [destination, source, pointed?.destination ?? -1, pointed?.source ?? -1].filter((token) => token >= 0);
  return docked(
    meant,
    (token) => layout.centres[token],
    (token) => slotAside(layout, view, token),
    view.left,
    view.left + view.width,
  );
}

/** Room for a token that is scrolled away: no more than leaves the others theirs. */
const slotAside = ({ slots }: ArcLayout, view: Box, token: number) => Math.min(slots[token] + 14, 0.3 * view.width);

type Places = ReadonlyMap<number, number>;

const middle = (layout: ArcLayout, aside: Places, token: number) => aside.get(token) ?? layout.centres[token];

/** The selected line, where it is under the pointer and an end of it is scrolled away. */
function onSelectedAside(scene: Scene, layout: ArcLayout, aside: Places, x: number, y: number): Pointed | undefined {
  const { destination, source } = scene;
  if (source < 0 || (!aside.has(destination) && !aside.has(source))) return undefined;
  const shape = arcBetween(layout, middle(layout, aside, destination), middle(layout, aside, source));
  return arcDistance(shape, layout.base, x, y) <= REACH ? { destination, source } : undefined;
}

function addArc(pen: Pen, scene: Scene, layout: ArcLayout, head: number, destination: number, source: number): void {
  const { from, to, rise } = arcBetween(layout, destination, source, shiftOf(scene, head));
  const control = layout.base - (rise * 4) / 3;
  pen.curve(from, layout.base, from, control, to, control, to, layout.base);
}

function strokeArcs(
  pen: Pen,
  scene: Scene,
  layout: ArcLayout,
  width: number,
  wanted: (destination: number, source: number) => boolean,
): void {
  const { lines } = scene;
  for (let group = 0; group + 1 < lines.starts.length; group++) {
    const head = (group >> 1) % lines.heads;
    pen.begin();
    for (let i = lines.starts[group]; i < lines.starts[group + 1]; i++) {
      if (wanted(lines.destination[i], lines.source[i]))
        addArc(pen, scene, layout, head, layout.centres[lines.destination[i]], layout.centres[lines.source[i]]);
    }
    const level = Math.floor(group / (2 * lines.heads));
    pen.stroke(colourOfLine(scene, head, group % 2 === 1), opacityOf(level), width);
  }
}

function strokeOne(
  pen: Pen,
  scene: Scene,
  layout: ArcLayout,
  aside: Places,
  { destination, source }: Pointed,
  width: number,
): void {
  const [from, to] = [middle(layout, aside, destination), middle(layout, aside, source)];
  scene.figures.triangles.forEach((triangle, head) => {
    const figure = triangle[scene.figures.reach.at(destination, source)];
    const share = Math.abs(figure / scene.figures.largest) || 0;
    pen.begin();
    addArc(pen, scene, layout, head, from, to);
    pen.stroke(colourOfLine(scene, head, figure < 0), 0.35 + 0.65 * share, width / Math.sqrt(scene.heads.length));
  });
}

/** A thin arc with a cross where an edit cuts one. */
function strokeCuts(pen: Pen, scene: Scene, layout: ArcLayout, aside: Places): void {
  for (const cut of scene.cuts) {
    const head = scene.heads.findIndex(({ name }) => name === cut.head);
    if (head < 0) continue;
    const ends = [middle(layout, aside, cut.destination), middle(layout, aside, cut.source)] as const;
    pen.begin();
    addArc(pen, scene, layout, head, ...ends);
    pen.stroke(scene.palette.faint, 0.8, 1);
    const { from, to, rise } = arcBetween(layout, ...ends, shiftOf(scene, head));
    drawCross(pen, scene, (from + to) / 2, layout.base - rise);
  }
}

/** An arrowhead on each source where an arc that is seen arrives, as strong as its strongest arc. */
function drawArrivals(pen: Pen, scene: Scene, layout: ArcLayout): void {
  const { lines, labels, destination, source } = scene;
  const seen = fade(scene) < 1;
  const arrivals = new Map<number, { share: number; head: number; negative: boolean }>();
  for (let group = 0; group + 1 < lines.starts.length; group++) {
    for (let i = lines.starts[group]; i < lines.starts[group + 1]; i++) {
      const [d, s] = [lines.destination[i], lines.source[i]];
      if (seen && !stands(scene, d, s) && !(d === destination && s === source)) continue;
      arrivals.set(s, { share: Math.abs(lines.share[i]), head: (group >> 1) % lines.heads, negative: group % 2 === 1 });
    }
  }
  for (let token = 0; token < labels.length; token++) {
    const arrival = arrivals.get(token);
    if (!arrival) continue;
    const x = arc(layout, token, token, shiftOf(scene, arrival.head)).to;
    const y = layout.base + 2;
    const tip: Array<[number, number]> = [
      [x - 4, y - 6],
      [x + 4, y - 6],
      [x, y + 1],
    ];
    pen.fill(tip, colourOfLine(scene, arrival.head, arrival.negative), Math.max(0.25, arrival.share));
  }
}

/** The tokens, and below them their positions, or the figures of what is pointed at. */
function drawSentence(pen: Pen, scene: Scene, layout: ArcLayout, view: Box, aside: Places): void {
  for (let token = 0; token < scene.labels.length; token++) {
    const x = layout.centres[token];
    if (x < view.left - 100 || x > view.left + view.width + 100) continue;
    const covered = [...aside].some(
      ([end, place]) => 2 * Math.abs(place - x) < slotAside(layout, view, end) + Math.min(scene.labelWidths[token], 160),
    );
    if (covered) continue;
    drawToken(pen, scene, layout, token, x, Math.max(22, layout.slots[token] - 6));
  }
}

function drawToken(pen: Pen, scene: Scene, layout: ArcLayout, token: number, x: number, room: number): void {
  const { palette, labels, labelWidths, pointed, destination, source, elsewhere } = scene;
  const y = layout.base + 15;
  const into = pointed && pointed.destination < 0 ? pointed.source : -1;
  const read = into >= 0 ? -1 : readDestination(scene);
  const label = shorten(labels[token], labelWidths[token], room);
  const isSelected = token === destination || token === source;
  const isPointed = token === pointed?.destination || token === pointed?.source;
  const width = Math.min(labelWidths[token], room - 2) + 8;
  if (token === elsewhere || token === destination) pen.rect(x - width / 2, y - 11, width, 21, palette.soft);
  const { reach } = scene.figures;
  const isRead = reaches(reach, read, token);
  const looksInto = reaches(reach, token, into);
  const idle = (into >= 0 && !looksInto) || (read >= 0 && !isRead) ? palette.faint : palette.text;
  pen.text(x, y, label, {
    font: palette.mono,
    size: LABEL_SIZE,
    align: 'center',
    bold: isSelected || isPointed,
    colour: isSelected || isPointed ? palette.accent : idle,
  });
  const figure =
    isRead
      ? lineFigure(scene, read, token)
      : looksInto
        ? lineFigure(scene, token, into)
        : undefined;
  pen.text(x, y + 20, figure?.text ?? String(token), {
    font: palette.font,
    size: figure ? SMALL : 10,
    align: 'center',
    colour: figure?.colour ?? palette.faint,
  });
}

/** The tokens that are scrolled away, over those at the edge, with an arrow to where they are. */
function drawAside(pen: Pen, scene: Scene, layout: ArcLayout, view: Box, aside: Places): void {
  const { palette } = scene;
  for (const [token, x] of aside) {
    const slot = slotAside(layout, view, token);
    const before = layout.centres[token] < x;
    pen.rect(x - slot / 2, layout.base + 3, slot, layout.height - layout.base - 3, palette.soft);
    drawToken(pen, scene, layout, token, x + (before ? 5 : -5), slot - 18);
    const arrow = { font: palette.font, size: SMALL, align: 'center' as const, colour: palette.muted };
    pen.text(x + (before ? 7 - slot / 2 : slot / 2 - 7), layout.base + 15, before ? '←' : '→', arrow);
  }
}

function drawBand(pen: Pen, scene: Scene, layout: ArcLayout, view: Box): void {
  const { palette, pointed, labels, source } = scene;
  const style = { font: palette.font, size: SMALL, colour: palette.muted };
  const y = view.top + layout.band / 2 - 2;
  const read = readDestination(scene);
  const into = pointed && pointed.destination < 0 ? pointed.source : -1;
  const idle =
    view.width < 480
      ? 'arcs end, ▾, at their source'
      : 'an arc leaves its destination and arrives, ▾, at the source it looks at';
  const text =
    into >= 0
      ? `${unitOf(scene)} to ${named(labels, into)}`
      : read >= 0
        ? `${unitOf(scene)} of ${named(labels, read)}${pointed || source < 0 ? '' : `, ${lineFigure(scene, read, source).text} to ${named(labels, source)}`}`
        : idle;
  pen.text(view.left + 8, y, text, style);
}
