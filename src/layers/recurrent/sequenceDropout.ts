import { dropout, type FloatDType, mul, ones, reshape, type Shape, type Tensor } from '../../tensor/index.js';
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

  /** One step under each mask. Shape: `[batch, ...]`, unchanged. */
  apply(x: Tensor): readonly Tensor[] {
    return this.#draw(x.shape, x)?.map((mask) => mul(x, mask)) ?? [x];
  }

  /** All steps under each mask. Shape: `[batch, steps, ...]`, unchanged. */
  applyToAll(x: Tensor): readonly Tensor[] {
    const [batch, , ...features] = x.shape as [number, number, ...number[]];
    const masks = this.#draw([batch, ...features], x);
    return masks?.map((mask) => mul(x, reshape(mask, [batch, 1, ...features]))) ?? [x];
  }

  /** The masks, which are drawn when they are first needed; `null` if nothing is dropped. */
  #draw(shape: Shape, { dtype }: Tensor): readonly Tensor[] | null {
    if (this.rate === null) return null;
    const [rate, whole] = [this.rate, ones(shape, dtype as FloatDType)];
    this.#masks ??= Array.from({ length: this.count }, () => dropout(whole, { rate, ...this.generator.next() }));
    return this.#masks;
  }
}
