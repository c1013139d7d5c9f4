import {
  type Config,
  checkAxis,
  checkBooleanOption,
  invalidOption,
  matmul,
  reshape,
  ShapeMismatchError,
  sizeOf,
  type Tensor,
  transpose,
} from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { unitLength } from '../normalization/unitLength.js';
import { checkInteger, checkIntegers } from '../options.js';

/** Options of `Dot`. */
export interface DotConfig extends LayerConfig {
  /** The axis to sum over, of both inputs or of each; the batch, axis 0, it cannot be. */
  readonly axes: number | readonly [number, number];
  /** Bring both inputs to length 1 along the axis first: the result is the cosine of the angle. @defaultValue `false` */
  readonly normalize?: boolean;
}

/**
 * Products of two inputs, summed along an axis of each.
 * Shape: the axes of the first input without the one that is summed over, then those of the second without the batch;
 * `[batch, 1]` if nothing else is left.
 */
export class Dot extends Layer {
  static override readonly className = 'Dot';
  readonly axes: number | readonly number[];
  readonly normalize: boolean;

  /** @throws {ArgumentError} */
  constructor(config: DotConfig) {
    super(config);
    const { axes } = config;
    this.axes = Array.isArray(axes)
      ? checkIntegers(this.className, 'axes', axes)
      : checkInteger(this.className, 'axes', axes);
    if (Array.isArray(axes) && axes.length !== 2) {
      throw invalidOption(this.className, 'axes', 'one axis, or one of each input', axes);
    }
    this.normalize = checkBooleanOption(this.className, 'normalize', config.normalize ?? false);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: 2 }, { minRank: 2 }];
  }

  /** @throws {ShapeMismatchError} if the axes have different sizes. @throws {ArgumentError} for the axis of the batch. */
  override call([first, second]: readonly [Tensor, Tensor]): Tensor {
    const [a, b] = (typeof this.axes === 'number' ? [this.axes, this.axes] : this.axes) as readonly [number, number];
    const [axis, other] = [checkAxis(this.className, a, first.rank), checkAxis(this.className, b, second.rank)];
    if (axis === 0 || other === 0) throw invalidOption(this.className, 'axes', 'axes after the batch', this.axes);
    if (first.shape[axis] !== second.shape[other] || first.shape[0] !== second.shape[0]) {
      throw new ShapeMismatchError(this.className, first.shape, second.shape);
    }
    const [x, y] = this.normalize
      ? [unitLength(first, [axis], 1e-7), unitLength(second, [other], 1e-7)]
      : [first, second];
    const [left, right] = [axisLast(x, axis), axisLast(y, other)];
    const product = matmul(asMatrices(left), asMatrices(right), { transposeB: true });
    const rest = [...left.shape.slice(1, -1), ...right.shape.slice(1, -1)];
    return reshape(product, [x.shape[0] as number, ...(rest.length === 0 ? [1] : rest)]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axes: this.axes, normalize: this.normalize };
  }
}

function axisLast(x: Tensor, axis: number): Tensor {
  const others = x.shape.map((_, i) => i).filter((i) => i !== axis);
  return transpose(x, [...others, axis]);
}

/** `[batch, ..., n] -> [batch, product of the middle, n]`. */
function asMatrices(x: Tensor): Tensor {
  return reshape(x, [x.shape[0] as number, sizeOf(x.shape.slice(1, -1)), x.shape.at(-1) as number]);
}
