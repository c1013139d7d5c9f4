import {
  type GradientRule,
  mul,
  type PrimitiveName,
  type PrimitiveParams,
  primitives,
  reshape,
  sum,
} from '../../ops/index.js';
import type { Tensor } from '../../tensor.js';
import { asColumn, asRow, scaledFilter } from './channels.js';

const producers: ReadonlySet<string> = new Set<PrimitiveName>(['conv2d', 'depthwiseConv2d', 'matmul']);

/**
 * Whether a node is an operation of an array and a filter, linear in both, that has filters of its own for each channel
 * of its result: a convolution or a matrix product.
 */
export function isProducer({ op, storage }: Tensor): boolean {
  return producers.has(op) && storage === null;
}

/** The filter with which a producer computes the `scale` of what it computes with `filter`. */
export function filterTimes(producer: Tensor, filter: Tensor, scale: Tensor): Tensor {
  if (producer.op !== 'matmul') return scaledFilter(producer.op, filter, scale);
  const { transposeB } = producer.params as PrimitiveParams['matmul'];
  return mul(filter, transposeB ? asColumn(scale) : asRow(scale));
}

/** The gradient of a producer with respect to its filter. */
export function filterGradient(producer: Tensor, dy: Tensor): Tensor {
  const rule = primitives[producer.op as PrimitiveName].gradient as GradientRule<PrimitiveName>;
  const { inputs, params } = producer;
  return rule({ dy, inputs, output: producer, params: params as never })[1] as Tensor;
}

/** An array of the shape of a producer's filter, added up to one number for each channel of its result. */
export function sumOfFilter(producer: Tensor, array: Tensor): Tensor {
  switch (producer.op) {
    case 'depthwiseConv2d':
      return reshape(sum(array, { axes: [0, 1] }), [producer.shape[3] as number]);
    case 'matmul':
      return sum(array, { axes: (producer.params as PrimitiveParams['matmul']).transposeB ? 1 : 0 });
    default:
      return sum(array, { axes: [0, 1, 2] });
  }
}
