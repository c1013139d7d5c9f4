import type { Batch, Job } from '../models/jobs.js';
import type { NetworkName } from '../models/networks.js';

/** What a run of a job gives: the predictions, or the loss before the step, so that results can be compared. */
export interface Outcome {
  readonly values: ArrayLike<number>;
  /** How long it took by the peer's own clock, if it runs in another process. */
  readonly milliseconds?: number;
}

/** A job with everything it needs in memory. */
export interface PreparedJob {
  run(): Promise<Outcome>;
  /** Frees what it holds. */
  forget(): Promise<void>;
}

/** Something that can do the jobs of transfer learning; mapache itself is one. */
export interface Peer {
  readonly name: string;
  /** Whether it runs in another process and times itself: the way there and back does not count. */
  readonly ownProcess: boolean;
  /** For the results file. */
  readonly versions: Readonly<Record<string, string>>;
  /** `false` if it is known to compute something else, which is worth its time only; `true` unless given. */
  readonly agrees?: boolean;
  /** Why a job is not asked of it; `null` if it is. */
  reasonToLeaveOut(job: Job, network: NetworkName, batch: number): string | null;
  prepare(job: Job, network: NetworkName, batch: Batch): Promise<PreparedJob>;
  end(): void;
}
