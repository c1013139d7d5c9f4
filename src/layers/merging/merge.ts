import { reshape, ShapeError, type Tensor } from '../../tensor/index.js';
import { Layer } from '../layer.js';

/** What layers have in common that make one tensor of several, element by element. */
export abstract class Merge extends Layer {
  override get supportsMasking(): boolean {
    return true;
  }

  /** The result for tensors of one rank, whose shapes broadcast. */
  protected abstract merge(inputs: readonly Tensor[]): Tensor;

  /** @throws {ShapeError} without inputs. @throws {ShapeMismatchError} if their shapes do not broadcast. */
  override call(inputs: readonly Tensor[]): Tensor {
    if (inputs.length === 0) throw this.wrongCount('at least one input', inputs);
    const rank = Math.max(...inputs.map((x) => x.rank));
    return this.merge(inputs.map((x) => expandTo(x, rank)));
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
