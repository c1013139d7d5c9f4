import { initializers, layers, type SymbolicTensor } from 'mapache';

/** What convolutions of the benchmark's networks differ in. */
export interface ConvolutionOptions {
  readonly name: string;
  readonly filters: number;
  readonly kernelSize: number;
  /** @defaultValue `1` */
  readonly strides?: 1 | 2;
  /** @defaultValue `'same'` */
  readonly padding?: 'same' | 'valid';
  /** @defaultValue `false` */
  readonly useBias?: boolean;
  /** @defaultValue `'linear'` */
  readonly activation?: string;
}

/** A convolution of random weights that keeps the size of the signal, however deep the network. */
export function convolution(x: SymbolicTensor, options: ConvolutionOptions): SymbolicTensor {
  const kernelInitializer = initializers.heNormal();
  return layers.conv2d({ padding: 'same', useBias: false, kernelInitializer, ...options }).apply(x);
}

/** A 3x3 filter for each channel; strides of 2 pad as Keras's mobile networks do. */
export function depthwise(x: SymbolicTensor, name: string, padName: string, strides: 1 | 2): SymbolicTensor {
  const padded = strides === 2 ? layers.zeroPadding2d({ padding: oddPadding(x), name: padName }).apply(x) : x;
  return layers
    .depthwiseConv2d({
      kernelSize: 3,
      strides,
      padding: strides === 2 ? 'valid' : 'same',
      useBias: false,
      // Variance 2 / 9: each result is a sum over 9 numbers. Keras's default would make the signal vanish.
      depthwiseInitializer: initializers.randomNormal({ stddev: Math.sqrt(2) / 3 }),
      name,
    })
    .apply(padded);
}

/** Zeros after the last row and column; before the first as well where the size is odd. */
function oddPadding({ shape }: SymbolicTensor): readonly [readonly [number, number], readonly [number, number]] {
  const edges = [(shape[1] as number) % 2, 1] as const;
  return [edges, edges];
}

export function normalize(x: SymbolicTensor, name: string, epsilon = 1e-3): SymbolicTensor {
  return layers.batchNormalization({ momentum: 0.99, epsilon, name }).apply(x);
}

export function relu6(x: SymbolicTensor, name: string): SymbolicTensor {
  return layers.relu({ maxValue: 6, name }).apply(x);
}
