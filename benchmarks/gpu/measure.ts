import { type Contestant, compare, type Measurement } from '../harness.js';
import { type Job, makeBatch } from '../models/jobs.js';
import type { GpuCase } from './cases.js';
import { type GpuContestant, operandsOf } from './contestant.js';
import { type GpuNetworkName, gpuNetworks } from './networks.js';

/** How long to measure. */
export interface MeasureOptions {
  readonly rounds: number;
  /** No round begins after so many milliseconds, if there have been three. */
  readonly budget: number;
  /** Whoever takes longer than so many milliseconds for one run is left out; not the first contestant, the others' measure. */
  readonly patience: number;
}

/** A job to measure: a network, what is done with it, and with how many pictures at a time. */
export interface GpuJob {
  readonly network: GpuNetworkName;
  readonly job: Job;
  readonly batch: number;
}

/** How one contestant did, and what it computed. */
export interface GpuMeasurement extends Measurement {
  /** Largest difference from the results of the first contestant, relative to the largest of these. */
  readonly difference: number;
  /** The losses before the first two steps, if it trains. */
  readonly losses?: readonly number[];
}

/** One line of each contestant. */
export interface Measured {
  /** How often each does the job in a round before it is asked for a result. */
  readonly repeats: number;
  readonly measurements: readonly GpuMeasurement[];
  readonly leftOut: readonly string[];
}

/** How long the first step took, in milliseconds, with everything that is compiled for it. */
export interface FirstStep {
  /** Until the model stood with its weights: not the GPU's work. */
  readonly building: number;
  readonly first: number;
  readonly second: number;
  readonly losses: readonly number[];
}

/** Somebody who is ready to be measured. */
interface Ready {
  readonly name: string;
  /** Does the job so many times, then waits for a number that depends on the last time. */
  readonly run: (times: number) => Promise<unknown>;
  readonly values: ArrayLike<number>;
  /** The milliseconds of a run when everything has been compiled. */
  readonly warm: number;
  readonly forget: () => void | Promise<void>;
}

/** A round of each contestant takes at least so many milliseconds if that many repetitions are needed, ... */
const atLeast = 30;
/** ... unless one of them would take longer than so many. */
const atMost = 1000;

/** The product by everybody who can do it. */
export async function measureKernel(
  one: GpuCase,
  contestants: readonly GpuContestant[],
  options: MeasureOptions,
): Promise<Measured> {
  const operands = operandsOf(one);
  return measure(contestants, options, async (contestant) => {
    const kernel = await contestant.kernel(one, operands);
    if (kernel === null) return null;
    const values = await kernel.values();
    await kernel.run(1);
    return {
      name: contestant.name,
      run: (times) => kernel.run(times),
      values,
      warm: await timeOf(() => kernel.run(1)),
      forget: () => kernel.forget(),
    };
  });
}

/** The job by everybody who can do it; results are read every time, as a training loop reads the loss. */
export async function measureJob(
  { network, job, batch }: GpuJob,
  contestants: readonly GpuContestant[],
  options: MeasureOptions,
): Promise<Measured> {
  const data = makeBatch(gpuNetworks[network].size, batch);
  const values = new Map<string, readonly number[]>();
  const measured = await measure(contestants, options, async (contestant) => {
    const prepared = await contestant.job(job, gpuNetworks[network], data);
    if (prepared === null) return null;
    const results = Array.from((await prepared.run()).values);
    // The second result depends on the gradients of the first.
    const warm = await timeOf(async () => results.push(...Array.from((await prepared.run()).values)));
    values.set(contestant.name, results);
    return {
      name: contestant.name,
      run: async (times) => {
        for (let i = 0; i < times; i++) await prepared.run();
      },
      values: results,
      warm,
      forget: () => prepared.forget(),
    };
  });
  if (job === 'predict') return measured;
  const measurements = measured.measurements.map((one) => ({ ...one, losses: values.get(one.name) ?? [] }));
  return { ...measured, measurements };
}

/** A fine-tuning step by one of them that has not computed anything yet, and the step after it. */
export async function measureFirstStep(network: GpuNetworkName, batch: number, who: GpuContestant): Promise<FirstStep> {
  const start = performance.now();
  const prepared = await who.job('fine-tune', gpuNetworks[network], makeBatch(gpuNetworks[network].size, batch));
  if (prepared === null) throw new Error(`${who.name} has no models`);
  const built = performance.now();
  const first = await prepared.run();
  const afterFirst = performance.now();
  const second = await prepared.run();
  const end = performance.now();
  await prepared.forget();
  return {
    building: built - start,
    first: afterFirst - built,
    second: end - afterFirst,
    losses: [first, second].flatMap(({ values }) => Array.from(values)),
  };
}

async function measure(
  contestants: readonly GpuContestant[],
  options: MeasureOptions,
  prepare: (contestant: GpuContestant) => Promise<Ready | null>,
): Promise<Measured> {
  const ready: Ready[] = [];
  const leftOut: string[] = [];
  for (const contestant of contestants) {
    try {
      const prepared = await prepare(contestant);
      if (prepared === null) continue;
      if (contestant === contestants[0] || prepared.warm < options.patience) ready.push(prepared);
      else {
        leftOut.push(`${prepared.name}: one run takes ${(prepared.warm / 1000).toPrecision(3)} s`);
        await prepared.forget();
      }
    } catch (error) {
      leftOut.push(`${contestant.name}: ${String(error)}`);
    }
  }
  try {
    const repeats = repeatsFor(ready.map(({ warm }) => warm));
    const timed = ready.map(({ name, run }): Contestant => ({ name, units: repeats, run: () => run(repeats) }));
    const measurements = await compare(timed, { warmUps: 0, ...options });
    const [first] = ready;
    return {
      repeats,
      leftOut,
      measurements: measurements.map((one, i) => ({
        ...one,
        difference: differenceOf(first?.values ?? [], ready[i]?.values ?? []),
      })),
    };
  } finally {
    for (const { forget } of ready) await forget();
  }
}

/** As often for everybody, so that all wait equally often. */
function repeatsFor(times: readonly number[]): number {
  const enough = Math.ceil(atLeast / Math.min(...times));
  return Math.max(1, Math.min(enough, Math.floor(atMost / Math.max(...times))));
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function differenceOf(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  let [largest, difference] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] as number;
    largest = Math.max(largest, Math.abs(value));
    // Written so that NaN counts as a difference.
    const error = Math.abs(value - (actual[i] ?? Number.NaN));
    if (!(error <= difference)) difference = error;
  }
  return difference / largest;
}
