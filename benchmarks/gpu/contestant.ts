import type { Batch, Job } from '../models/jobs.js';
import type { Network } from '../models/networks.js';
import type { PreparedJob } from '../peers/peer.js';
import type { GpuCase } from './cases.js';

/** A product whose operands lie on the device. */
export interface PreparedKernel {
  /** Computes it so many times, one after the other, then waits for the sum of the last result. */
  run(times: number): Promise<number>;
  /** Everything it gives, for comparison. */
  values(): Promise<ArrayLike<number>>;
  /** Frees what it holds. */
  forget(): void;
}

/** The numbers of the operands, and of the gradient that comes in: the same for everybody. */
export interface Operands {
  readonly input: Float32Array;
  readonly filter: Float32Array;
  readonly dy: Float32Array;
}

/** A library in the page that computes on the GPU. */
export interface GpuContestant {
  readonly name: string;
  /** `null` if it cannot do this one. */
  kernel(one: GpuCase, operands: Operands): Promise<PreparedKernel | null>;
  /** `null` if it has no models. */
  job(job: Job, network: Network, batch: Batch): Promise<PreparedJob | null>;
}

/** Waves that no two rows have alike. */
export function operandsOf({ input, filter, output }: GpuCase): Operands {
  const filled = (shape: readonly number[], seed: number): Float32Array => {
    const size = shape.reduce((product, length) => product * length, 1);
    return Float32Array.from({ length: size }, (_, i) => Math.sin(seed + i * i));
  };
  return { input: filled(input, 1), filter: filled(filter, 2), dy: filled(output, 3) };
}
