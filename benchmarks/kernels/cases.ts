import { compile, conv2d, depthwiseConv2d, gradients, matmul, type Shape, sizeOf, type Tensor, wrap } from 'mapache';
import type { Contestant } from '../harness.js';

/** A kernel at one size, and the work it does. */
export interface KernelCase extends Contestant {
  /** Multiply-adds of one run. */
  readonly units: number;
  /** Bytes that must be read and written at least: every operand and the result once. */
  readonly bytes: number;
}

interface Product {
  readonly name: string;
  readonly a: Shape;
  readonly b: Shape;
  readonly result: Shape;
  /** Multiply-adds for each element of the result. */
  readonly depth: number;
  readonly apply: (a: Tensor, b: Tensor) => Tensor;
}

const same = { padding: 'same' } as const;

/** A matrix product and layers of MobileNetV2, or much like them. */
const products: readonly Product[] = [
  { name: 'matmul 256^3', a: [256, 256], b: [256, 256], result: [256, 256], depth: 256, apply: matmul },
  {
    name: 'conv 1x1, 28x28, 192 -> 64',
    a: [1, 28, 28, 192],
    b: [1, 1, 192, 64],
    result: [1, 28, 28, 64],
    depth: 192,
    apply: (x, filter) => conv2d(x, filter, same),
  },
  {
    name: 'conv 3x3, 56x56, 32 -> 64',
    a: [1, 56, 56, 32],
    b: [3, 3, 32, 64],
    result: [1, 56, 56, 64],
    depth: 9 * 32,
    apply: (x, filter) => conv2d(x, filter, same),
  },
  {
    name: 'depthwise 3x3, 56x56, 144',
    a: [1, 56, 56, 144],
    b: [3, 3, 144, 1],
    result: [1, 56, 56, 144],
    depth: 9,
    apply: (x, filter) => depthwiseConv2d(x, filter, same),
  },
];

/** Each product forwards, and its two gradients; all three take equally many multiply-adds. */
export const kernelCases: readonly KernelCase[] = products.flatMap(({ name, a, b, result, depth, apply }) => {
  const [left, right, dy] = [filled(a), filled(b), filled(result)];
  const work = { units: sizeOf(result) * depth, bytes: 4 * (sizeOf(a) + sizeOf(b) + sizeOf(result)) };
  const forward = compile(apply);
  const byLeft = compile((p: Tensor, q: Tensor, g: Tensor) => gradients(apply(p, q), [p], { dy: g }));
  const byRight = compile((p: Tensor, q: Tensor, g: Tensor) => gradients(apply(p, q), [q], { dy: g }));
  return [
    { name, ...work, run: () => forward(left, right) },
    { name: `${name}, d left`, ...work, run: () => byLeft(left, right, dy) },
    { name: `${name}, d right`, ...work, run: () => byRight(left, right, dy) },
  ];
});

function filled(shape: Shape): Tensor {
  return wrap(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i)),
    shape,
    'float32',
  );
}
