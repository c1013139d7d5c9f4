/** One of the things that are compared. */
export interface Contestant {
  readonly name: string;
  /** The job, complete: its promise resolves when the result is there. */
  readonly run: () => Promise<unknown>;
  /** How much work one run is: pictures, operations, ... Times are given for one unit. @defaultValue `1` */
  readonly units?: number;
  /** `run` resolves to the milliseconds it took by a clock of its own, that of another process. @defaultValue `false` */
  readonly ownClock?: boolean;
}

/** Options of `compare`. */
export interface CompareOptions {
  /** Rounds that are run but not measured, so that the engine has compiled what it runs. @defaultValue `2` */
  readonly warmUps?: number;
  /** Rounds that are measured. @defaultValue `7` */
  readonly rounds?: number;
  /** No round begins after so many milliseconds of measuring, if there have been three. @defaultValue no limit */
  readonly budget?: number;
  /** Something short that always takes equally long unless the machine is busy. @defaultValue nothing */
  readonly pulse?: () => Promise<unknown>;
  /**
   * Runs each contestant once before it is measured, in every round: for jobs that follow upon each other in real life.
   * Threads of other processes that go on spinning for a while are in nobody's way then.
   * @defaultValue `false`
   */
  readonly inTheSwing?: boolean;
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
  /** Its best time divided by that of the first contestant. */
  readonly bestRatio: number;
  /** How many times were kept, and how many there were. */
  readonly kept: number;
  readonly taken: number;
}

/** A time, and the slower one of the pulses before and after it. */
interface Sample {
  readonly time: number;
  readonly pulse: number;
}

/** A pulse that took longer than the best one by more than this factor shows that somebody else used the processor. */
const steady = 1.15;

/**
 * Measures contestants side by side: in every round each of them runs once, and each round begins with another one.
 * Whatever else slows the machine down for a while then slows down all of them alike, which keeps the ratios honest
 * where times alone would not be. With a `pulse`, times that were taken while the machine was busy are left out, as long
 * as a third remains.
 */
export async function compare(
  contestants: readonly Contestant[],
  options: CompareOptions = {},
): Promise<readonly Measurement[]> {
  const { warmUps = 2, rounds = 7, budget = Number.POSITIVE_INFINITY, inTheSwing = false, pulse } = options;
  const { now = () => performance.now() } = options;
  const timed = async (run: () => Promise<unknown>): Promise<readonly [elapsed: number, result: unknown]> => {
    const start = now();
    const result = await run();
    return [now() - start, result];
  };
  const feelPulse = async (): Promise<number> => (pulse === undefined ? 0 : (await timed(pulse))[0]);

  const samples = new Map(contestants.map((contestant) => [contestant, [] as Sample[]]));
  for (let round = 0; round < warmUps; round++) {
    await feelPulse();
    for (const { run } of rotated(contestants, round)) await run();
  }
  const begin = now();
  for (let round = 0; round < rounds && (round < 3 || now() - begin < budget); round++) {
    for (const contestant of rotated(contestants, warmUps + round)) {
      if (inTheSwing) await contestant.run();
      const before = await feelPulse();
      const [elapsed, result] = await timed(contestant.run);
      const time = (contestant.ownClock === true ? (result as number) : elapsed) / (contestant.units ?? 1);
      samples.get(contestant)?.push({ time, pulse: Math.max(before, await feelPulse()) });
    }
  }
  const restingPulse = Math.min(...[...samples.values()].flat().map((sample) => sample.pulse));
  const kept = contestants.map((contestant) => undisturbed(samples.get(contestant) ?? [], restingPulse));
  const [first] = kept.map((times) => ({ best: Math.min(...times), median: median(times) }));
  return contestants.map((contestant, i) => {
    const times = kept[i] ?? [];
    const [best, middle] = [Math.min(...times), median(times)];
    return {
      name: contestant.name,
      best,
      median: middle,
      ratio: middle / (first?.median ?? Number.NaN),
      bestRatio: best / (first?.best ?? Number.NaN),
      kept: times.length,
      taken: samples.get(contestant)?.length ?? 0,
    };
  });
}

/** The times taken with a steady pulse; the third with the steadiest if those are fewer. */
function undisturbed(samples: readonly Sample[], restingPulse: number): readonly number[] {
  const byPulse = [...samples].sort((a, b) => a.pulse - b.pulse);
  const least = Math.ceil(samples.length / 3);
  return byPulse.filter(({ pulse }, i) => i < least || pulse <= steady * restingPulse).map(({ time }) => time);
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
