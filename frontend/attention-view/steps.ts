import type { Pointed } from './geometry.ts';
import { strongestSource, type Figures } from './values.ts';

interface Selection {
  labels: string[];
  figures: Pick<Figures, 'triangles' | 'reach'>;
  destination: number;
  source: number;
}

/** What an arrow key selects: up and down the destination, left and right the source. Undefined for other keys. */
export function step({ labels, figures, destination, source }: Selection, key: string): Pointed | undefined {
  const last = labels.length - 1;
  const within = (token: number, top: number) => Math.max(0, Math.min(top, token));
  const here = destination < 0 ? last : destination;
  const along = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (along !== undefined) {
    const next = destination < 0 ? last : within(destination + along, last);
    return { destination: next, source: Math.min(source, figures.reach.last(next)) };
  }
  const across = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (across === undefined) return undefined;
  return {
    destination: here,
    source: source < 0 ? strongestSource(figures.triangles[0], here, figures.reach) : within(source + across, figures.reach.last(here)),
  };
}
