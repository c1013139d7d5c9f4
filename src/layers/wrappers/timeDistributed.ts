import { reshape, slice, stack, type Tensor } from '../../tensor/index.js';
import type { CallContext, InputSpec, SymbolicShape } from '../layer.js';
import { Wrapper, type WrapperConfig } from './wrapper.js';

/** Options of `TimeDistributed`. */
export interface TimeDistributedConfig extends WrapperConfig {}

/**
 * Applies a layer to every step of sequences. A mask `[batch, steps, ...]` gives each step the part that is its own.
 * Shape: `[batch, steps, ...] -> [batch, steps, ...]`, where the rest is as the layer has it.
 */
export class TimeDistributed extends Wrapper {
  static override readonly className = 'TimeDistributed';

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: 3 }];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    const [batch = null, , ...rest] = shape;
    this.layer.build([batch, ...rest]);
  }

  override call([x]: readonly [Tensor], { training, masks: [given = null] }: CallContext): Tensor {
    // What says of each step whether it counts says nothing of what is inside the step.
    const mask = given !== null && given.rank > 2 ? given : null;
    return training && this.layer.mixesSamples ? this.#stepByStep(x, mask) : this.#allAtOnce(x, mask, training);
  }

  /** Steps of all samples as one batch, for layers that look at each sample alone. */
  #allAtOnce(x: Tensor, mask: Tensor | null, training: boolean): Tensor {
    const [batch, steps] = x.shape as [number, number];
    const folded = (t: Tensor): Tensor => reshape(t, [batch * steps, ...t.shape.slice(2)]);
    const masks = [mask === null ? null : folded(mask)];
    const [y] = this.layer.run([folded(x)], { training, masks }).outputs as [Tensor];
    return reshape(y, [batch, steps, ...y.shape.slice(1)]);
  }

  #stepByStep(x: Tensor, mask: Tensor | null): Tensor {
    const [batch, steps] = x.shape as [number, number];
    const at = (t: Tensor, i: number): Tensor => reshape(slice(t, [0, i], [batch, 1]), [batch, ...t.shape.slice(2)]);
    const outputs = Array.from({ length: steps }, (_, i) => {
      const masks = [mask === null ? null : at(mask, i)];
      return this.layer.run([at(x, i)], { training: true, masks }).outputs[0] as Tensor;
    });
    return stack(outputs, 1);
  }
}
