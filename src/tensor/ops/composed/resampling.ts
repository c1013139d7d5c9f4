/** How new pixels are made of old ones. */
export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'area' | 'lanczos3' | 'lanczos5';

/** A function that says how much an input element at a distance counts; nothing beyond `radius`. */
interface Kernel {
  readonly radius: number;
  weight(distance: number): number;
}

const triangle: Kernel = { radius: 1, weight: (x) => Math.max(0, 1 - x) };

/** Keys' cubic convolution with a = -1/2. */
const keysCubic: Kernel = {
  radius: 2,
  weight: (x) => {
    if (x >= 2) return 0;
    return x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1;
  },
};

/** A sinc under a window that is the middle lobe of a wider sinc. */
const lanczos = (radius: number): Kernel => ({
  radius,
  weight: (x) => {
    if (x >= radius) return 0;
    if (x <= 1e-3) return 1;
    return (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * x) ** 2;
  },
});

/**
 * How much each input element counts for each output element along one axis, `[output, input]` in row-major order, as in
 * `tf.image.resize`.
 */
export function resamplingMatrix(
  interpolation: Exclude<Interpolation, 'nearest'>,
  antialias: boolean,
  input: number,
  output: number,
): Float64Array {
  switch (interpolation) {
    case 'area':
      return areas(input, output);
    case 'bicubic':
      return antialias ? spans(keysCubic, true, input, output) : tabledCubic(input, output);
    case 'bilinear':
      return spans(triangle, antialias, input, output);
    case 'lanczos3':
      return spans(lanczos(3), antialias, input, output);
    default:
      return spans(lanczos(5), antialias, input, output);
  }
}

/** Weights of a kernel around each place, divided by their sum. Against aliasing the kernel grows with what one output covers. */
function spans(kernel: Kernel, antialias: boolean, input: number, output: number): Float64Array {
  const matrix = new Float64Array(output * input);
  const step = input / output;
  const stretch = antialias ? Math.max(step, 1) : 1;
  const reach = kernel.radius * stretch;
  for (let row = 0; row < output; row++) {
    const center = (row + 0.5) * step;
    const first = Math.min(Math.max(Math.ceil(center - reach - 0.5), 0), input - 1);
    const last = Math.min(Math.max(Math.floor(center + reach - 0.5), 0), input - 1);
    for (let column = first; column <= last; column++) {
      matrix[row * input + column] = kernel.weight(Math.abs(column + 0.5 - center) / stretch);
    }
    normalize(matrix.subarray(row * input, (row + 1) * input));
  }
  return matrix;
}

/** TensorFlow's cubic interpolation looks its weights up at the nearest 1/1024, and leaves out what lies beyond the edge. */
function tabledCubic(input: number, output: number): Float64Array {
  const matrix = new Float64Array(output * input);
  const step = Math.fround(input / output);
  for (let row = 0; row < output; row++) {
    const place = Math.fround(Math.fround((row + 0.5) * step) - 0.5);
    const left = Math.floor(place);
    const fraction = roundHalfToEven(Math.fround(place - left) * 1024) / 1024;
    for (let tap = -1; tap <= 2; tap++) {
      const column = left + tap;
      if (column >= 0 && column < input) matrix[row * input + column] = keysCubic.weight(Math.abs(tap - fraction));
    }
    normalize(matrix.subarray(row * input, (row + 1) * input));
  }
  return matrix;
}

/** The share that each input element has of the stretch that an output element covers. */
function areas(input: number, output: number): Float64Array {
  const matrix = new Float64Array(output * input);
  const step = input / output;
  for (let row = 0; row < output; row++) {
    const [begin, end] = [row * step, (row + 1) * step];
    for (let column = Math.floor(begin); column < Math.min(Math.ceil(end), input); column++) {
      matrix[row * input + column] = (Math.min(column + 1, end) - Math.max(column, begin)) / step;
    }
  }
  return matrix;
}

function normalize(weights: Float64Array): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (Math.abs(total) < 1e-35) return;
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] as number) / total;
}

function roundHalfToEven(x: number): number {
  const nearest = Math.round(x);
  return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}
