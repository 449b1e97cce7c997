/** What is known of a training: the two quantities people look at, by step. */
export interface History {
  /** Stem of the files' names, e.g. "storybook-2l training". */
  name: string;
  /** Steps of the whole training. */
  steps: number;
  /** Step, mean training loss since the entry before, learning rate and norm of the gradient; not a number: not known. */
  losses: Array<[step: number, loss: number, rate: number, gradient: number]>;
  /** What the loss is measured on that is not trained on: "validation text", "unseen rows". */
  unseen: string;
  /** Step, loss on that, the best induction score and the best previous-token score of any head, in-context-learning score. */
  measures: Array<[step: number, unseen: number, induction: number, previous: number, inContext: number]>;
  /** Loss of predictors that know frequencies alone, or what follows what. */
  unigram: number;
  bigram: number;
  /** Steps whose weights can be opened, rising. */
  checkpoints: number[];
  /** The step that is shown; -1: the finished model. */
  selected: number;
}

/** Where a step lies on an axis by the cube root of the steps, in [0, 1]: early steps and a late change both have room. */
export function place(step: number, steps: number): number {
  return Math.cbrt(step / Math.max(1, steps));
}

/** Where an axis of losses ends that begins at 0: a whole number of nats above all of them. */
export function lossEnd({ losses, measures, unigram, bigram }: History): number {
  const values = [unigram, bigram, ...losses.map(([, loss]) => loss), ...measures.map(([, unseen]) => unseen)];
  return Math.ceil(values.filter(Number.isFinite).reduce((most, value) => Math.max(most, value), 1));
}

/** Where the axis of losses begins: at 0, or below where context helps, since that score is a difference of losses. */
export function lossBegin({ measures }: History): number {
  const scores = measures.map((measure) => measure[4]).filter(Number.isFinite);
  return Math.floor(Math.min(0, ...scores) * 2) / 2;
}

/** The index of the value nearest to `wanted` by its place on the axis; -1 of none. */
export function nearest(sorted: number[], wanted: number, steps: number): number {
  let best = -1;
  sorted.forEach((step, index) => {
    const distance = Math.abs(place(step, steps) - place(wanted, steps));
    if (best < 0 || distance < Math.abs(place(sorted[best], steps) - place(wanted, steps))) best = index;
  });
  return best;
}

/** The steps that an axis to `steps` names: 0 and powers of ten, and the last where it has room. */
export function ticks(steps: number): number[] {
  const out = [0];
  for (let step = 10; step < steps; step *= 10) out.push(step);
  if (place(steps, steps) - place(out[out.length - 1], steps) > 0.08) out.push(steps);
  else out[out.length - 1] = steps;
  return out;
}

/** The measure of a step, or the one nearest to it; undefined where nothing has been measured. */
export function measureAt(history: History, step: number): History['measures'][number] | undefined {
  return history.measures[
    nearest(
      history.measures.map(([at]) => at),
      step,
      history.steps,
    )
  ];
}
