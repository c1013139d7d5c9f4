/** One of the things that are compared. */
export interface Contestant {
  readonly name: string;
  /** The job, complete: its promise resolves when the result is there. */
  readonly run: () => Promise<unknown>;
  /** How much work one run is: pictures, multiply-adds, ... Times are given for one unit. @defaultValue `1` */
  readonly units?: number;
}

/** Options of `compare`. */
export interface CompareOptions {
  /** Rounds that are run but not measured, so that the engine has compiled what it runs. @defaultValue `2` */
  readonly warmUps?: number;
  /** Rounds that are measured. @defaultValue `7` */
  readonly rounds?: number;
  /** The clock, in milliseconds. @defaultValue `performance.now` */
  readonly now?: () => number;
}

/** How one contestant did, in milliseconds for each unit of work. */
export interface Measurement {
  readonly name: string;
  readonly best: number;
  readonly median: number;
  /** Its median divided by the median of the first contestant. */
  readonly ratio: number;
}

/**
 * Measures contestants side by side: in every round each of them runs once, and each round begins with another one.
 * Whatever else slows the machine down for a while then slows down all of them alike, which keeps the ratios honest
 * where times alone would not be.
 */
export async function compare(
  contestants: readonly Contestant[],
  options: CompareOptions = {},
): Promise<readonly Measurement[]> {
  const { warmUps = 2, rounds = 7, now = () => performance.now() } = options;
  const times = new Map(contestants.map((contestant) => [contestant, [] as number[]]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const contestant of rotated(contestants, round + warmUps)) {
      const start = now();
      await contestant.run();
      const elapsed = now() - start;
      if (round >= 0) times.get(contestant)?.push(elapsed / (contestant.units ?? 1));
    }
  }
  const medians = contestants.map((contestant) => median(times.get(contestant) ?? []));
  return contestants.map((contestant, i) => ({
    name: contestant.name,
    best: Math.min(...(times.get(contestant) ?? [])),
    median: medians[i] as number,
    ratio: (medians[i] as number) / (medians[0] as number),
  }));
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

/** The middle number, or the mean of the two in the middle. `NaN` of nothing. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
