import {
  allocate,
  type CompiledFunction,
  compile,
  currentBackend,
  sameBits,
  sizeOf,
  type Tensor,
  type TypedArray,
  trace,
  wrap,
} from '../../tensor/index.js';
import { collectLosses } from '../addedLosses.js';
import type { ModelSplit } from '../trainable.js';

/** Most samples that are computed together. */
const most = 32;

/** How many samples are computed at a time where batches have so many. */
export function chunkSize(batchSize: number): number {
  return Math.min(batchSize, most);
}

/**
 * Computes the features of samples, always as many samples at a time: what fills up the last of them is thrown away. So
 * the numbers of a sample are the same bits whatever stands beside it, on any backend.
 */
export class Bottom {
  readonly #forward: CompiledFunction<readonly Tensor[], readonly Tensor[]>;
  /** Backends on which it was found to be what it should be, or not. */
  readonly #verdicts = new Map<string, boolean>();

  constructor(
    readonly split: ModelSplit,
    readonly training: boolean,
    readonly chunk: number,
  ) {
    this.#forward = compile((...inputs) => split.run(inputs, { training }).outputs, { name: 'features' });
  }

  /**
   * Whether the bottom is what its layers declare: it assigns nothing, adds nothing to the loss, has no masks to hand on, and
   * gives the same bits for a sample in another place of the batch and beside another sample. Layers of one's own may be wrong about it.
   */
  async keepsItsWord(x: readonly Tensor[]): Promise<boolean> {
    const key = JSON.stringify([currentBackend(), x.map(({ shape: [, ...sample], dtype }) => [sample, dtype])]);
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    if (!this.#isPlain(x)) return false;
    // One sample alone cannot tell.
    if (x[0]?.shape[0] === 1) return true;
    const verdict = await this.#isPerSample(x);
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  /** Operations for each sample, and bytes of its features. */
  cost(x: readonly Tensor[]): { readonly flops: number; readonly bytes: number } {
    const plan = this.#forward.plan(...this.#specs(x));
    const flops = plan.steps.reduce((sum, step) => sum + step.flops, 0);
    const bytes = plan.outputs.reduce((sum, id) => sum + 4 * sizeOf(plan.values[id]?.shape ?? []), 0);
    return { flops: flops / this.chunk, bytes: bytes / this.chunk };
  }

  /** The features of samples, on the host. */
  async compute(x: readonly Tensor[]): Promise<readonly Tensor[]> {
    const count = x[0]?.shape[0] ?? 0;
    const arrays = await Promise.all(x.map(hostOf));
    const results: Computed[] = [];
    for (let start = 0; start < count; start += this.chunk) {
      const rows = Int32Array.from({ length: this.chunk }, (_, i) => Math.min(start + i, count - 1));
      const kept = Math.min(this.chunk, count - start);
      for (const [i, { data, shape, dtype }] of (await this.#run(x, arrays, rows)).entries()) {
        const width = data.length / this.chunk;
        results[i] ??= { data: allocate(dtype, count * width), shape: [count, ...shape.slice(1)], dtype };
        results[i].data.set(data.subarray(0, kept * width), start * width);
      }
    }
    return results.map(({ data, shape, dtype }) => wrap(data, shape, dtype));
  }

  #specs(x: readonly Tensor[]): { shape: readonly number[]; dtype: Tensor['dtype'] }[] {
    return x.map(({ shape: [, ...sample], dtype }) => ({ shape: [this.chunk, ...sample], dtype }));
  }

  #isPlain(x: readonly Tensor[]): boolean {
    let plain = true;
    const follow = (...inputs: readonly Tensor[]): readonly Tensor[] => {
      const { result, losses } = collectLosses(() => this.split.run(inputs, { training: this.training }));
      const whole = result.outputs.every(({ shape }) => shape[0] === this.chunk);
      plain = whole && losses.length === 0 && result.masks.every((mask) => mask === null);
      return result.outputs;
    };
    return trace('features', follow, this.#specs(x)).effects.size === 0 && plain;
  }

  /** A sample beside another one, and beside itself: few enough to cost next to nothing. */
  async #isPerSample(x: readonly Tensor[]): Promise<boolean> {
    const arrays = await Promise.all(x.map(hostOf));
    const beside = await this.#run(x, arrays, Int32Array.of(0, 1));
    const alone = await this.#run(x, arrays, Int32Array.of(1, 1));
    return beside.every(({ data }, i) => {
      const [, second] = halves(data);
      return halves((alone[i] as Computed).data).every((half) => sameBits(half, second));
    });
  }

  async #run(x: readonly Tensor[], arrays: readonly TypedArray[], rows: Int32Array): Promise<readonly Computed[]> {
    const inputs = x.map(({ shape: [, ...sample], dtype }, i) => {
      const width = sizeOf(sample);
      const from = arrays[i] as TypedArray;
      const data = allocate(dtype, rows.length * width);
      rows.forEach((row, place) => {
        data.set(from.subarray(row * width, (row + 1) * width), place * width);
      });
      return wrap(data, [rows.length, ...sample], dtype);
    });
    const outputs = await this.#forward(...inputs);
    return Promise.all(
      outputs.map(async (output) => {
        const data = await hostOf(output);
        output.storage?.dispose();
        return { data, shape: output.shape, dtype: output.dtype };
      }),
    );
  }
}

interface Computed {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: Tensor['dtype'];
}

function halves(data: TypedArray): readonly [TypedArray, TypedArray] {
  return [data.subarray(0, data.length / 2), data.subarray(data.length / 2)];
}

/** The numbers, to be read only: `data()` would copy them. */
async function hostOf(tensor: Tensor): Promise<TypedArray> {
  return tensor.storage === null ? tensor.data() : tensor.storage.host();
}
