import { abs, add, div, isFloating, Tensor } from 'mapache/tensor';

/** Half the distance from 1 to the next number of 32 bits: the largest relative error of one rounding. */
const unitRoundoff = 2 ** -24;

/** Linear in each of their inputs that are no integers: the same of magnitudes is the sum of magnitudes of all terms. */
const linear = new Set([
  'add',
  'mul',
  'matmul',
  'sum',
  'reshape',
  'transpose',
  'broadcastTo',
  'concat',
  'pad',
  'slice',
  'gather',
  'scatterAdd',
  'cast',
  'conv2d',
  'conv2dFilterGradient',
  'conv2dInputGradient',
  'depthwiseConv2d',
  'depthwiseConv2dFilterGradient',
  'depthwiseConv2dInputGradient',
  'avgPool2d',
  'avgPool2dGradient',
  'resizeBilinear',
  'resizeBilinearGradient',
  'resizeNearest',
  'resizeNearestGradient',
]);

/** Those of them that add up, besides `sum` and `matmul`. */
const adding = /^(scatterAdd|.*[cC]onv2d.*|avgPool2d.*|resize.*Gradient)$/;

/**
 * How far rounding alone may take tensors from zero where their terms cancel.
 *
 * A sum of `n` terms computed in floating point is off by up to `n u` times the sum of the magnitudes of the terms, in
 * whatever order (Higham, Accuracy and Stability of Numerical Algorithms, 4.2). A gradient is such a sum: here it is taken
 * apart down to what is no sum or product, with every term counted as positive; functions are taken to be well conditioned.
 * Where the exact gradient is 0, as of a softmax with one class or of a bias that shifts all scores alike, everything
 * computed is within this bound, in Keras as here, and none of it means anything.
 */
export class Cancellation {
  readonly #magnitudes = new Map<Tensor, Tensor>();
  readonly #roundings = new Map<Tensor, number>();

  /** The sum of magnitudes of the terms of each element. Shape: that of the tensor. */
  magnitudes(tensor: Tensor): Tensor {
    const known = this.#magnitudes.get(tensor);
    if (known !== undefined) return known;
    const found = this.#magnitudesOf(tensor);
    this.#magnitudes.set(tensor, found);
    return found;
  }

  #magnitudesOf(tensor: Tensor): Tensor {
    const { op, inputs, params, shape, dtype } = tensor;
    const [first, second, third] = inputs as [Tensor, Tensor, Tensor];
    if (!isFloating(dtype)) return tensor;
    if (op === 'neg') return this.magnitudes(first);
    if (op === 'sub') return add(this.magnitudes(first), this.magnitudes(second));
    if (op === 'div') return div(this.magnitudes(first), abs(second));
    if (op === 'where') {
      return new Tensor(op, [first, this.magnitudes(second), this.magnitudes(third)], params, shape, dtype);
    }
    if (!linear.has(op)) return abs(tensor);
    const terms = inputs.map((input) => this.magnitudes(input));
    return abs(new Tensor(op, terms, params, shape, dtype));
  }

  /** The bound for a tensor whose magnitudes are known, in units of the largest of these. */
  bound(tensor: Tensor): number {
    return this.#roundingsOf(tensor) * unitRoundoff;
  }

  /** Roundings on the longest way to the tensor. */
  #roundingsOf(tensor: Tensor): number {
    const known = this.#roundings.get(tensor);
    if (known !== undefined) return known;
    const found = termsOf(tensor) + Math.max(0, ...tensor.inputs.map((input) => this.#roundingsOf(input)));
    this.#roundings.set(tensor, found);
    return found;
  }
}

/** Most numbers that are added up for one element; 1 where none are. */
function termsOf({ op, inputs, params, size }: Tensor): number {
  const [first] = inputs;
  if (first === undefined) return 0;
  if (op === 'sum') return first.size / size;
  if (op === 'matmul') {
    const { transposeA } = params as { readonly transposeA: boolean };
    return first.shape.at(transposeA ? -2 : -1) as number;
  }
  // Each term takes another element of every operand.
  return adding.test(op) ? Math.min(...inputs.map((input) => input.size)) : 1;
}
