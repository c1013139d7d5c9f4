/** How well a class is told from the others. */
export interface ClassScore {
  readonly name: string;
  /** Of the samples that were taken for this class, the fraction that are of it; 0 if there are none. */
  readonly precision: number;
  /** Of the samples of this class, the fraction that were found; 0 if there are none. */
  readonly recall: number;
  /** Harmonic mean of precision and recall: `2 * right / (support + predicted)`; 0 if the class never occurs. */
  readonly f1: number;
  /** Samples of this class. */
  readonly support: number;
  /** Samples that were taken for this class. */
  readonly predicted: number;
}

/** Scores of all classes in one number each. */
export interface AverageScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** How often samples of one class were taken for another. */
export interface Confusion {
  /** The class they are of. */
  readonly truth: number;
  /** The class they were taken for. */
  readonly prediction: number;
  readonly count: number;
}

/** Counts of samples: a row for each class they are of, a column for each class they were taken for. */
export type ConfusionCounts = readonly (readonly number[])[];

/**
 * Precision, recall and F1 of every class, with 0 where there is nothing to divide by, as in scikit-learn.
 * @param confusion `[classes, classes]`
 */
export function classScores(confusion: ConfusionCounts, classNames: readonly string[]): readonly ClassScore[] {
  return confusion.map((row, i) => {
    const right = row[i] as number;
    const support = row.reduce((sum, count) => sum + count, 0);
    const predicted = confusion.reduce((sum, other) => sum + (other[i] as number), 0);
    return {
      name: classNames[i] as string,
      precision: fraction(right, predicted),
      recall: fraction(right, support),
      f1: fraction(2 * right, support + predicted),
      support,
      predicted,
    };
  });
}

/** The mean over classes that occur, each counting the same (`'macro'`) or as often as it occurs (`'weighted'`). */
export function averageScore(scores: readonly ClassScore[], kind: 'macro' | 'weighted'): AverageScore {
  const present = scores.filter(({ support, predicted }) => support + predicted > 0);
  const weightOf = ({ support }: ClassScore): number => (kind === 'macro' ? 1 : support);
  const total = present.reduce((sum, score) => sum + weightOf(score), 0);
  const mean = (key: keyof AverageScore): number =>
    fraction(
      present.reduce((sum, score) => sum + weightOf(score) * score[key], 0),
      total,
    );
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

/** What is confused most often, most frequent first. */
export function topConfusions(confusion: ConfusionCounts): readonly Confusion[] {
  return confusion
    .flatMap((row, truth) => row.map((count, prediction) => ({ truth, prediction, count })))
    .filter(({ truth, prediction, count }) => truth !== prediction && count > 0)
    .sort((a, b) => b.count - a.count);
}

function fraction(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
