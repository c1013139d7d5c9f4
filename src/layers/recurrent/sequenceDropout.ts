import { dropout, type FloatDType, mul, ones, reshape, type Tensor } from '../../tensor/index.js';
import type { SeedGenerator } from '../seedGenerator.js';

/** Dropout that stays the same for all steps of a sequence (Gal and Ghahramani, 2016). */
export class SequenceDropout {
  #masks: readonly Tensor[] | null = null;

  /**
   * @param rate fraction of features to drop; `null` for none
   * @param count number of masks, one for each gate
   */
  constructor(
    private readonly rate: number | null,
    private readonly count: number,
    private readonly generator: SeedGenerator,
  ) {}

  /** `x` under each mask. Shape: `[batch, features]`, or `[batch, steps, ...]` with one mask for all steps. */
  apply(x: Tensor): readonly Tensor[] {
    if (this.rate === null) return [x];
    const [batch, ...rest] = x.shape as [number, ...number[]];
    const features = rest.slice(x.rank > 2 ? 1 : 0);
    this.#masks ??= this.#draw([batch, ...features], x.dtype as FloatDType, this.rate);
    const shape = x.rank > 2 ? [batch, 1, ...features] : [batch, ...features];
    return this.#masks.map((mask) => mul(x, reshape(mask, shape)));
  }

  #draw(shape: readonly number[], dtype: FloatDType, rate: number): readonly Tensor[] {
    return Array.from({ length: this.count }, () => dropout(ones(shape, dtype), { rate, ...this.generator.next() }));
  }
}
