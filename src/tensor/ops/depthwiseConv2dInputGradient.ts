import type { Tensor } from '../tensor.js';
import { convFlops } from './convolution.js';
import { apply, definePrimitive } from './define.js';

/** Gradient of `depthwiseConv2d` with respect to its images: `(dy, filter) -> dx`. */
export const depthwiseConv2dInputGradientPrimitive = definePrimitive('depthwiseConv2dInputGradient', {
  infer: ([dy], { inputShape }) => ({ shape: inputShape, dtype: (dy as Tensor).dtype }),
  gradient: ({ dy: ddx, inputs, params }) => {
    const [dy, filter] = inputs as readonly [Tensor, Tensor];
    const { inputShape: _, ...conv } = params;
    return [
      apply('depthwiseConv2d', [ddx, filter], conv),
      apply('depthwiseConv2dFilterGradient', [ddx, dy], { ...conv, filterShape: filter.shape }),
    ];
  },
  flops: ([dy, filter]) => convFlops((dy as Tensor).size, (filter as Tensor).shape, 1),
});
