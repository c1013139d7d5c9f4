import type { Plan, PlanStyle } from '../plan/index.js';
import type { DeviceBuffer, DeviceMemory } from '../storage.js';

/** What a backend runs on. */
export interface BackendDescription {
  readonly name: string;
  /** The device in words, as in `plain JavaScript` or a renderer's name. */
  readonly device: string;
  readonly kind: 'software' | 'hardware';
  /** Largest number of bytes the values of one plan may take together. */
  readonly maxBytes: number;
}

/**
 * Runs plans. Six verbs: `upload`, `download`, `free`, `prepare`, `run` and `describe`; the others are housekeeping.
 *
 * Runs are ordered: each sees the results of the ones started before it. A backend computes every step itself or
 * refuses the whole plan in `prepare`; it never computes somewhere else.
 */
export interface Backend extends DeviceMemory {
  /** How plans are to be rewritten and grouped before they come to `prepare`. */
  readonly style: PlanStyle;
  /**
   * Makes a plan ready to run. What that takes is loaded when the first plan comes: a page that computes elsewhere, or
   * nothing yet, does without it.
   * @throws {BackendError} naming the step, if some step cannot run here.
   */
  prepare(plan: Plan): Promise<Executable>;
  describe(): BackendDescription;
  /** Ends threads that hold nothing, once they have nothing left to do; the next run starts new ones. */
  rest(): Promise<void>;
}

/** A backend that can be told how to work. */
export interface Configurable<Options> extends Backend {
  /** What is left out stays as it is; the rest takes effect at the next run. */
  configure(options: Options): void;
}

/** A plan made ready for one backend. */
export interface Executable {
  /**
   * Runs the plan once. `bound` belongs to the caller and is only read; the returned buffers, one per `plan.results`,
   * belong to the caller, who frees them. No two of them share memory, nor with anything bound.
   */
  run(bound: readonly DeviceBuffer[]): Promise<readonly DeviceBuffer[]>;
  /** Frees what the executable holds between runs. */
  dispose(): void;
}
