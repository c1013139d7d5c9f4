import type { Tensor } from '../tensor.js';
import { convFlops } from './convolution.js';
import { apply, definePrimitive } from './define.js';

/** Gradient of `conv2d` with respect to its images: `(dy, filter) -> dx`. */
export const conv2dInputGradientPrimitive = definePrimitive('conv2dInputGradient', {
  infer: ([dy], { inputShape }) => ({ shape: inputShape, dtype: (dy as Tensor).dtype }),
  gradient: ({ dy: ddx, inputs, params }) => {
    const [dy, filter] = inputs as readonly [Tensor, Tensor];
    const { inputShape: _, ...conv } = params;
    return [
      apply('conv2d', [ddx, filter], conv),
      apply('conv2dFilterGradient', [ddx, dy], { ...conv, filterShape: filter.shape }),
    ];
  },
  flops: ([dy, filter]) =>
    convFlops((dy as Tensor).size, (filter as Tensor).shape, (filter as Tensor).shape[2] as number),
});
