import { exp, logSumExp, softmax, sub, type Tensor, where } from '../../tensor/index.js';

/**
 * `e^x / sum(e^x)` along `axes`, over the elements that count; the others get 0, also where none counts.
 * @param mask bool, broadcast against `x`; `null` if all count
 */
export function maskedSoftmax(x: Tensor, axes: readonly number[], mask: Tensor | null): Tensor {
  if (mask === null) return softmaxOver(x, axes);
  return where(mask, softmaxOver(where(mask, x, -1e9), axes), 0);
}

function softmaxOver(x: Tensor, axes: readonly number[]): Tensor {
  const [axis] = axes;
  return axes.length === 1 && axis !== undefined
    ? softmax(x, axis)
    : exp(sub(x, logSumExp(x, { axes, keepDims: true })));
}
