import { expandDims, logicalOr, reshape, ShapeError, type Tensor, where } from '../../tensor/index.js';
import { type CallContext, Layer } from '../layer.js';

/** What layers have in common that make one tensor of several, element by element. */
export abstract class Merge extends Layer {
  override get supportsMasking(): boolean {
    return true;
  }

  /** An element counts if it does in one input; unless all have masks, all count. */
  override computeMask(_: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor | null {
    return masks.every((mask) => mask !== null) ? masks.reduce((one, other) => logicalOr(one, other)) : null;
  }

  /**
   * The result for tensors of one rank, whose shapes broadcast.
   * @param masks which elements of each input count, of the rank of the inputs; `null` where all do
   */
  protected abstract merge(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor;

  /** @throws {ShapeError} without inputs. @throws {ShapeMismatchError} if their shapes do not broadcast. */
  override call(inputs: readonly Tensor[], { masks }: CallContext): Tensor {
    if (inputs.length === 0) throw this.wrongCount('at least one input', inputs);
    const rank = Math.max(...inputs.map((x) => x.rank));
    // As in Keras, an input that has to be reshaped leaves its mask behind.
    const heeded = inputs.every((x) => x.rank === rank);
    return this.merge(
      inputs.map((x) => expandTo(x, rank)),
      inputs.map((_, i) => (heeded && masks[i] ? expandDims(masks[i], -1) : null)),
    );
  }

  protected wrongCount(expected: string, inputs: readonly Tensor[]): ShapeError {
    return new ShapeError({
      operation: `${this.className} '${this.name}'`,
      expected,
      received: `${inputs.length}`,
      remedy: 'Apply it to a list of tensors.',
    });
  }
}

/** Missing axes are put in after the batch, as Keras does: `[batch, c]` meets `[batch, h, w, c]` as `[batch, 1, 1, c]`. */
function expandTo(x: Tensor, rank: number): Tensor {
  if (x.rank === rank) return x;
  const [batch = 1, ...rest] = x.shape;
  return reshape(x, [batch, ...new Array<number>(rank - x.rank).fill(1), ...rest]);
}

/**
 * Merges tensors one after the other; an element that does not count is replaced by what it is merged with.
 * @param combine merges two tensors
 */
export function mergeWhereMasked(
  inputs: readonly Tensor[],
  masks: readonly (Tensor | null)[],
  combine: (a: Tensor, b: Tensor) => Tensor,
): Tensor {
  let result = inputs[0] as Tensor;
  let counted = masks[0] ?? null;
  for (const [i, x] of inputs.entries()) {
    if (i === 0) continue;
    const mask = masks[i] ?? null;
    const next = mask === null ? x : where(mask, x, result);
    const before = counted === null ? result : where(counted, result, next);
    counted = counted === null || mask === null ? null : logicalOr(counted, mask);
    result = combine(before, next);
  }
  return result;
}
