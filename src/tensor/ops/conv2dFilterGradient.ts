import type { Tensor } from '../tensor.js';
import { convFlops } from './convolution.js';
import { apply, definePrimitive } from './define.js';

/** Gradient of `conv2d` with respect to its filter: `(x, dy) -> dFilter`. */
export const conv2dFilterGradientPrimitive = definePrimitive('conv2dFilterGradient', {
  infer: ([x], { filterShape }) => ({ shape: filterShape, dtype: (x as Tensor).dtype }),
  gradient: ({ dy: ddw, inputs, params }) => {
    const [x, dy] = inputs as readonly [Tensor, Tensor];
    const { filterShape: _, ...conv } = params;
    return [apply('conv2dInputGradient', [dy, ddw], { ...conv, inputShape: x.shape }), apply('conv2d', [x, ddw], conv)];
  },
  flops: ([, dy], _output, { filterShape }) => convFlops((dy as Tensor).size, filterShape, filterShape[2] as number),
});
