import {
  add,
  compile,
  conv2d,
  depthwiseConv2d,
  gradients,
  matmul,
  mul,
  relu,
  type Shape,
  sigmoid,
  sizeOf,
  softmax,
  sum,
  type Tensor,
  wrap,
} from 'mapache';

/** A kernel at one size, and the work it does. */
export interface KernelCase {
  readonly name: string;
  /** Floating point operations, two for each multiply-add. */
  readonly flops: number;
  /** Bytes that must be read and written at least: every operand and the result once. */
  readonly bytes: number;
  /** Whether it belongs to the subset that takes less than a minute. */
  readonly quick: boolean;
  readonly run: () => Promise<unknown>;
}

interface Product {
  readonly name: string;
  readonly a: Shape;
  readonly b: Shape;
  readonly result: Shape;
  /** Multiply-adds for each element of the result. */
  readonly depth: number;
  readonly apply: (a: Tensor, b: Tensor) => Tensor;
  readonly quick?: boolean;
}

function square(n: number, quick = false): Product {
  return { name: `matmul ${n}^3`, a: [n, n], b: [n, n], result: [n, n], depth: n, apply: matmul, quick };
}

/** `[pictures, side, side, channels]`, and what a convolution that keeps the side makes of it. */
function convolution(pictures: number, side: number, from: number, to: number, kernel: number, quick = false): Product {
  return {
    name: `conv ${kernel}x${kernel}, ${pictures}x${side}x${side}, ${from} -> ${to}`,
    a: [pictures, side, side, from],
    b: [kernel, kernel, from, to],
    result: [pictures, side, side, to],
    depth: kernel * kernel * from,
    apply: (x, filter) => conv2d(x, filter, { padding: 'same' }),
    quick,
  };
}

function depthwise(
  pictures: number,
  side: number,
  channels: number,
  strides: 1 | 2,
  kernel = 3,
  quick = false,
): Product {
  return {
    name: `depthwise ${kernel}x${kernel} / ${strides}, ${pictures}x${side}x${side}, ${channels}`,
    a: [pictures, side, side, channels],
    b: [kernel, kernel, channels, 1],
    result: [pictures, side / strides, side / strides, channels],
    depth: kernel * kernel,
    apply: (x, filter) => depthwiseConv2d(x, filter, { padding: 'same', strides }),
    quick,
  };
}

const products: readonly Product[] = [
  square(512, true),
  square(1024),
  // MobileNetV2 at 160 pixels, batch 16.
  convolution(16, 80, 16, 96, 1, true),
  convolution(16, 40, 144, 24, 1),
  convolution(16, 20, 32, 192, 1),
  convolution(16, 10, 384, 64, 1, true),
  convolution(16, 5, 960, 320, 1),
  // ResNet50 at 224 pixels.
  convolution(1, 56, 64, 256, 1),
  convolution(1, 28, 512, 128, 1),
  convolution(1, 7, 2048, 512, 1),
  convolution(1, 56, 64, 64, 3, true),
  convolution(1, 28, 128, 128, 3, true),
  convolution(1, 14, 256, 256, 3, true),
  convolution(1, 7, 512, 512, 3),
  depthwise(1, 80, 96, 2, 3),
  depthwise(1, 56, 144, 1, 3, true),
  depthwise(1, 28, 192, 2, 3, true),
  depthwise(1, 14, 576, 1, 3),
  depthwise(16, 40, 144, 1, 3),
  depthwise(16, 10, 384, 1, 3),
  depthwise(1, 28, 240, 1, 5),
];

/** Each product forwards, and its two gradients; all three take equally many multiply-adds. */
function productCases({ name, a, b, result, depth, apply, quick = false }: Product): readonly KernelCase[] {
  const [left, right, dy] = [filled(a), filled(b), filled(result)];
  const work = { flops: 2 * sizeOf(result) * depth, bytes: 4 * (sizeOf(a) + sizeOf(b) + sizeOf(result)), quick };
  const forward = compile(apply);
  const byLeft = compile((p: Tensor, q: Tensor, g: Tensor) => gradients(apply(p, q), [p], { dy: g }));
  const byRight = compile((p: Tensor, q: Tensor, g: Tensor) => gradients(apply(p, q), [q], { dy: g }));
  return [
    { name, ...work, run: () => forward(left, right) },
    { name: `${name}, d left`, ...work, run: () => byLeft(left, right, dy) },
    { name: `${name}, d right`, ...work, run: () => byRight(left, right, dy) },
  ];
}

/** Operations that memory binds. `reads` arrays of the shape come in, `writes` of them go out. */
function streamCase(
  name: string,
  shape: Shape,
  reads: 1 | 2,
  writes: 0 | 1,
  apply: (x: Tensor, y: Tensor) => Tensor,
  quick = false,
): KernelCase {
  const [x, y] = [filled(shape), filled(shape)];
  const program = compile((p: Tensor, q: Tensor) => apply(p, q));
  const label = `${name}, ${shape.join('x')}`;
  return { name: label, flops: 0, bytes: 4 * (reads + writes) * sizeOf(shape), quick, run: () => program(x, y) };
}

const maps = [16, 28, 28, 192] as const;

const streams: readonly KernelCase[] = [
  streamCase('add', maps, 2, 1, add, true),
  streamCase('relu', maps, 1, 1, (x) => relu(x)),
  streamCase('mul, add, relu', maps, 2, 1, (x, y) => relu(add(mul(x, y), y))),
  streamCase('sigmoid', maps, 1, 1, (x) => sigmoid(x)),
  streamCase('sum over pixels', maps, 1, 0, (x) => sum(x, { axes: [1, 2] }), true),
  streamCase('sum over channels', maps, 1, 0, (x) => sum(x, { axes: [3] })),
  streamCase('softmax', [4096, 1000], 1, 1, (x) => softmax(x)),
];

export const kernelCases: readonly KernelCase[] = [...products.flatMap(productCases), ...streams];

function filled(shape: Shape): Tensor {
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i));
  return wrap(values, shape, 'float32');
}
