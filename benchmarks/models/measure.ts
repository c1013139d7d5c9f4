import { type CompareOptions, type Contestant, compare } from '../harness.js';
import type { Outcome, Peer, PreparedJob } from '../peers/peer.js';
import { type Row, rounded } from '../report.js';
import { type Job, makeBatch } from './jobs.js';
import { type NetworkName, networks } from './networks.js';

/** A job to compare: a network, what is done with it, and with how many pictures at a time. */
export interface ModelCase {
  readonly network: NetworkName;
  readonly job: Job;
  readonly batch: number;
}

/** Relative to the largest number of the results of mapache. */
const tolerance = 1e-3;

/**
 * Measures a job done by mapache, the first of `peers`, and by all others who can do it, interleaved. Milliseconds for
 * each picture. Peers that do not agree with mapache are an error. `leaveOut` is told who does not take part, and why.
 */
export async function measureModel(
  { network, job, batch }: ModelCase,
  peers: readonly Peer[],
  options: CompareOptions,
  leaveOut: (what: string) => void,
): Promise<readonly Row[]> {
  const about = `${network}, ${job}, batch ${batch}`;
  const data = makeBatch(networks[network].size, batch);
  const contestants: (Contestant & { readonly job: PreparedJob; readonly agrees: boolean })[] = [];
  for (const peer of peers) {
    const reason = peer.reasonToLeaveOut(job, network, batch);
    if (reason !== null) {
      leaveOut(`${peer.name}, ${about}: ${reason}.`);
      continue;
    }
    const prepared = await peer.prepare(job, network, data);
    contestants.push({ ...contestantOf(peer, prepared, batch), job: prepared, agrees: peer.agrees ?? true });
  }
  try {
    await checkAgreement(
      about,
      contestants.filter(({ agrees }) => agrees),
    );
    const measurements = await compare(contestants, { ...options, inTheSwing: true });
    return measurements.map(({ name, best, median, ratio, bestRatio, kept, taken }) => ({
      network,
      job,
      batch,
      contestant: name,
      'best ms': rounded(best),
      'median ms': rounded(median),
      ratio: rounded(ratio),
      'ratio of bests': rounded(bestRatio),
      kept: `${kept}/${taken}`,
    }));
  } finally {
    for (const { job: prepared } of contestants) await prepared.forget();
  }
}

function contestantOf({ name, ownProcess }: Peer, job: PreparedJob, units: number): Contestant {
  return { name, units, run: async () => (await job.run()).milliseconds, ownClock: ownProcess };
}

/** Two runs each, the second of which depends on the gradients of the first. @throws {Error} if results differ. */
async function checkAgreement(
  about: string,
  contestants: readonly { readonly name: string; readonly job: PreparedJob }[],
): Promise<void> {
  const results: number[][] = [];
  for (const { job } of contestants) {
    const outcomes: Outcome[] = [await job.run(), await job.run()];
    results.push(outcomes.flatMap(({ values }) => Array.from(values)));
  }
  const [first = []] = results;
  const scale = Math.max(...first.map(Math.abs));
  for (const [i, values] of results.entries()) {
    const error = Math.max(...first.map((value, k) => Math.abs(value - (values[k] ?? Number.NaN)))) / scale;
    if (!(error < tolerance)) {
      throw new Error(`${about}: ${contestants[0]?.name} and ${contestants[i]?.name} differ by ${error}.`);
    }
  }
}
