import type { Tensor } from '../../tensor/index.js';
import { largestIn } from './classLabels.js';
import type { ClassProbabilities } from './classProbabilities.js';
import { sampleAt } from './labelledPass.js';
import type { Mistake } from './mistake.js';

/** Keras's fuzz factor: the least probability that a loss sees. */
const least = 1e-7;

/** Counts what a classifier makes of samples, and remembers the worst mistakes. */
export class Tally {
  /** A row for each class that samples are of, a column for each that they were taken for. */
  readonly confusion: readonly number[][];
  /** The worst mistakes so far, worst first. */
  mistakes: readonly Omit<Mistake, 'file'>[] = [];
  samples = 0;
  /** Sum of the cross-entropies of all samples. */
  loss = 0;

  constructor(
    classes: number,
    readonly worst: number,
  ) {
    this.confusion = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  }

  /**
   * Takes note of some samples.
   * @param x the samples themselves; `null` if they are not to be remembered.
   */
  async add(labels: Int32Array, { classes, values }: ClassProbabilities, x: Tensor | null): Promise<void> {
    const found: { readonly row: number; readonly mistake: Omit<Mistake, 'file'> }[] = [];
    for (const [row, truth] of labels.entries()) {
      const start = row * classes;
      const prediction = largestIn(values, start, classes);
      const truthProbability = values[start + truth] as number;
      const total = values.subarray(start, start + classes).reduce((sum, p) => sum + p, 0);
      this.loss -= Math.log(Math.min(Math.max(truthProbability / total, least), 1));
      (this.confusion[truth] as number[])[prediction] = (this.confusion[truth]?.[prediction] ?? 0) + 1;
      if (prediction === truth) continue;
      const confidence = values[start + prediction] as number;
      const position = this.samples + row;
      found.push({ row, mistake: { position, truth, prediction, confidence, truthProbability, sample: null } });
    }
    this.samples += labels.length;
    await this.#remember(found, x);
  }

  async #remember(
    found: readonly { readonly row: number; readonly mistake: Omit<Mistake, 'file'> }[],
    x: Tensor | null,
  ): Promise<void> {
    const rows = new Map(found.map(({ row, mistake }) => [mistake, row]));
    const worst = [...this.mistakes, ...rows.keys()]
      .sort((a, b) => a.truthProbability - b.truthProbability || b.confidence - a.confidence)
      .slice(0, this.worst);
    this.mistakes = await Promise.all(
      worst.map(async (mistake) => {
        const row = rows.get(mistake);
        return row === undefined || x === null ? mistake : { ...mistake, sample: await sampleAt(x, row) };
      }),
    );
  }
}
