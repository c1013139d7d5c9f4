/** What is computed: the product itself, or its gradient with respect to one of its two operands. */
export type Direction = 'forward' | 'd input' | 'd filter';

/** A product at one size, in words that can be sent to a page. Layouts are those of Keras: NHWC, HWIO. */
export interface GpuCase {
  readonly name: string;
  /** The table's section. */
  readonly group: 'largest' | 'pointwise' | 'depthwise' | 'dense' | 'gradient';
  readonly kind: 'matmul' | 'conv' | 'depthwise';
  readonly input: readonly number[];
  readonly filter: readonly number[];
  readonly output: readonly number[];
  readonly strides: 1 | 2;
  readonly padding: 'same' | 'valid';
  readonly direction: Direction;
  /** Floating point operations, two for each multiply-add; the gradients take as many. */
  readonly flops: number;
}

interface ConvolutionShape {
  readonly pictures: number;
  readonly side: number;
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly strides?: 1 | 2;
  readonly padding?: 'same' | 'valid';
}

function matmul(rows: number, depth: number, columns: number): GpuCase {
  return {
    name: `matmul ${rows}x${depth}x${columns}`,
    group: 'dense',
    kind: 'matmul',
    input: [rows, depth],
    filter: [depth, columns],
    output: [rows, columns],
    strides: 1,
    padding: 'same',
    direction: 'forward',
    flops: 2 * rows * depth * columns,
  };
}

function convolution(group: GpuCase['group'], shape: ConvolutionShape): GpuCase {
  const { pictures, side, from, to, kernel, strides = 1, padding = 'same' } = shape;
  const outputSide = outputSideOf(shape);
  return {
    name: `conv ${kernel}x${kernel}${strides === 1 ? '' : ' / 2'}, ${pictures}x${side}x${side}, ${from} -> ${to}`,
    group,
    kind: 'conv',
    input: [pictures, side, side, from],
    filter: [kernel, kernel, from, to],
    output: [pictures, outputSide, outputSide, to],
    strides,
    padding,
    direction: 'forward',
    flops: 2 * pictures * outputSide ** 2 * to * kernel ** 2 * from,
  };
}

function depthwise(pictures: number, side: number, channels: number, strides: 1 | 2 = 1): GpuCase {
  const outputSide = side / strides;
  return {
    name: `depthwise 3x3${strides === 1 ? '' : ' / 2'}, ${pictures}x${side}x${side}, ${channels}`,
    group: 'depthwise',
    kind: 'depthwise',
    input: [pictures, side, side, channels],
    filter: [3, 3, channels, 1],
    output: [pictures, outputSide, outputSide, channels],
    strides,
    padding: 'same',
    direction: 'forward',
    flops: 2 * 9 * pictures * outputSide ** 2 * channels,
  };
}

function outputSideOf({ side, kernel, strides = 1, padding = 'same' }: ConvolutionShape): number {
  return Math.ceil((padding === 'same' ? side : side - kernel + 1) / strides);
}

function gradientsOf(forward: GpuCase): readonly GpuCase[] {
  return (['d input', 'd filter'] as const).map((direction) => ({
    ...forward,
    name: `${forward.name}, ${direction}`,
    group: 'gradient',
    direction,
  }));
}

const pictures = 8;

/** The ten products of most operations in ResNet50 (one picture of 224) and MobileNetV2 1.0 (eight pictures of 160). */
const largest: readonly GpuCase[] = (
  [
    { pictures: 1, side: 230, from: 3, to: 64, kernel: 7, strides: 2, padding: 'valid' },
    { pictures: 1, side: 56, from: 64, to: 64, kernel: 3 },
    { pictures: 1, side: 28, from: 128, to: 128, kernel: 3 },
    { pictures: 1, side: 14, from: 256, to: 256, kernel: 3 },
    { pictures: 1, side: 7, from: 512, to: 512, kernel: 3 },
    { pictures: 1, side: 56, from: 256, to: 512, kernel: 1, strides: 2 },
    { pictures: 1, side: 28, from: 512, to: 1024, kernel: 1, strides: 2 },
    { pictures: 1, side: 14, from: 1024, to: 2048, kernel: 1, strides: 2 },
    { pictures, side: 80, from: 16, to: 96, kernel: 1 },
    { pictures, side: 5, from: 320, to: 1280, kernel: 1 },
  ] as const
).map((shape) => convolution('largest', shape));

/** What the networks do most often: 1 x 1 convolutions that widen and narrow, and the first convolution. */
const pointwise: readonly GpuCase[] = (
  [
    { pictures: 1, side: 56, from: 64, to: 256, kernel: 1 },
    { pictures: 1, side: 14, from: 1024, to: 256, kernel: 1 },
    { pictures, side: 40, from: 144, to: 24, kernel: 1 },
    { pictures, side: 10, from: 96, to: 576, kernel: 1 },
    { pictures, side: 160, from: 3, to: 32, kernel: 3, strides: 2 },
  ] as const
).map((shape) => convolution('pointwise', shape));

export const gpuCases: readonly GpuCase[] = [
  ...largest,
  ...pointwise,
  depthwise(pictures, 80, 96, 2),
  depthwise(pictures, 40, 144),
  depthwise(pictures, 20, 192),
  depthwise(pictures, 10, 576),
  matmul(512, 512, 512),
  matmul(1, 2048, 1000),
  matmul(16, 1280, 1000),
  ...gradientsOf(convolution('gradient', { pictures: 1, side: 28, from: 128, to: 128, kernel: 3 })),
  ...gradientsOf(convolution('gradient', { pictures, side: 80, from: 16, to: 96, kernel: 1 })),
  ...gradientsOf(depthwise(pictures, 40, 144)),
];
