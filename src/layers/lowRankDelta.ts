import { add, matmul, mul, reshape, type Tensor, type Variable } from '../tensor/index.js';

let count = 0;

/**
 * What is added to a kernel of shape `[..., n]` without changing it: `kernel + scale A B`, with `A` of shape `[..., rank]`
 * and `B` of shape `[rank, n]` (Hu et al., "LoRA", 2021).
 */
export class LowRankDelta {
  /** Tells deltas that came one after the other in the same place, so that plans are not taken for each other's. */
  readonly id = ++count;

  constructor(
    readonly kernel: Variable,
    readonly a: Variable,
    readonly b: Variable,
    /** `alpha / rank` */
    readonly scale: number,
  ) {}

  get rank(): number {
    return this.b.shape[0] as number;
  }

  /** The kernel with the delta. */
  get value(): Tensor {
    const { kernel, a, b, scale, rank } = this;
    const product = reshape(matmul(reshape(a.value, [-1, rank]), b.value), kernel.shape);
    return add(kernel.value, mul(product, scale));
  }
}
