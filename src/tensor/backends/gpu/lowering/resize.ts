import type { ResizeParams } from '../../../ops/primitives.js';
import type { ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import { KernelBuilder, type Quad } from '../source/kernelBuilder.js';
import { forPixels } from '../source/pixels.js';
import { quadsOf } from '../source/quads.js';
import { type Lowering, type LoweringContext, type Lowerings, type Shape4, shape4 } from './lowering.js';

/** Where along one axis a resized element comes from: between two elements, `weight` of the way. */
interface Sample {
  readonly lower: string;
  readonly upper: string;
  readonly weight: string;
}

const resizeBilinear: Lowering<'resizeBilinear'> = ({ inputs, output, params }, context) => {
  const [x, y] = shapes(context, inputs[0] as ValueId, output);
  const kernel = new KernelBuilder(context.dialect);
  const image = kernel.array(context.operand(inputs[0] as ValueId));
  const result = forPixels(kernel, y, ({ image: picture, row, column, read }) => {
    const down = linearSample(kernel, row, x[1], y[1], params);
    const across = linearSample(kernel, column, x[2], y[2], params);
    const corner = (line: string, place: string): readonly string[] =>
      read(image, `(${picture} * ${x[1]} + ${line}) * ${x[2]} + ${place}`);
    const between = (a: readonly string[], b: readonly string[], weight: string): readonly string[] =>
      a.map((value, i) => kernel.let(`${value} + (${b[i]} - ${value}) * ${weight}`));
    const top = between(corner(down.lower, across.lower), corner(down.lower, across.upper), across.weight);
    const bottom = between(corner(down.upper, across.lower), corner(down.upper, across.upper), across.weight);
    return between(top, bottom, down.weight);
  });
  launch(kernel, y, result, context, output);
};

/** For each pixel of dx: all resized pixels that were made of it, by their weights. */
const resizeBilinearGradient: Lowering<'resizeBilinearGradient'> = ({ inputs, output, params }, context) => {
  const [y, x] = shapes(context, inputs[0] as ValueId, output);
  gatherGradient(context, inputs[0] as ValueId, output, y, x, (kernel, resized, own, axis) => {
    const { lower, upper, weight } = linearSample(kernel, resized, x[axis] as number, y[axis] as number, params);
    const share = kernel.let('0', 's');
    kernel.line(`if (${lower} === ${own}) { ${share} = ${share} + 1 - ${weight}; }`);
    kernel.line(`if (${upper} === ${own}) { ${share} = ${share} + ${weight}; }`);
    return share;
  });
};

const resizeNearest: Lowering<'resizeNearest'> = ({ inputs, output, params }, context) => {
  const [x, y] = shapes(context, inputs[0] as ValueId, output);
  const kernel = new KernelBuilder(context.dialect);
  const image = kernel.array(context.operand(inputs[0] as ValueId));
  const result = forPixels(kernel, y, ({ image: picture, row, column, read }) => {
    const line = nearestSample(kernel, row, x[1], y[1], params);
    const place = nearestSample(kernel, column, x[2], y[2], params);
    return read(image, `(${picture} * ${x[1]} + ${line}) * ${x[2]} + ${place}`);
  });
  launch(kernel, y, result, context, output);
};

const resizeNearestGradient: Lowering<'resizeNearestGradient'> = ({ inputs, output, params }, context) => {
  const [y, x] = shapes(context, inputs[0] as ValueId, output);
  gatherGradient(context, inputs[0] as ValueId, output, y, x, (kernel, resized, own, axis) => {
    const nearest = nearestSample(kernel, resized, x[axis] as number, y[axis] as number, params);
    return kernel.select(`${nearest} === ${own}`, '1', '0');
  });
};

export const resizeLowerings = {
  resizeBilinear,
  resizeBilinearGradient,
  resizeNearest,
  resizeNearestGradient,
} satisfies Lowerings;

function shapes(context: LoweringContext, input: ValueId, output: ValueId): readonly [Shape4, Shape4] {
  return [shape4(context, input), shape4(context, output)];
}

function launch(kernel: KernelBuilder, shape: Shape4, result: Quad, context: LoweringContext, output: ValueId): void {
  context.launch(kernel.finish(quadsOf(sizeOf(shape)), result), context.operand(output));
}

/** How much a resized row (or column) has of one of the image. */
type Share = (kernel: KernelBuilder, resized: string, own: string, axis: 1 | 2) => string;

function gatherGradient(
  context: LoweringContext,
  input: ValueId,
  output: ValueId,
  y: Shape4,
  x: Shape4,
  shareOf: Share,
): void {
  const kernel = new KernelBuilder(context.dialect);
  const gradient = kernel.array(context.operand(input));
  const sums = forPixels(kernel, x, ({ image, row, column, read }) => {
    const sum = [0, 1, 2, 3].slice(0, x[3] % 4 === 0 ? 4 : 1).map(() => kernel.let('0', 's'));
    kernel.repeat(y[1], (i) => {
      const line = kernel.let(`${i} * 1.0`, 'k');
      const down = shareOf(kernel, line, row, 1);
      kernel.block(`if (${down} > 0)`, () => {
        kernel.repeat(y[2], (j) => {
          const place = kernel.let(`${j} * 1.0`, 'k');
          const across = shareOf(kernel, place, column, 2);
          kernel.block(`if (${across} > 0)`, () => {
            read(gradient, `(${image} * ${y[1]} + ${line}) * ${y[2]} + ${place}`).forEach((dy, c) => {
              kernel.line(`${sum[c]} = ${sum[c]} + ${dy} * ${down} * ${across};`);
            });
          });
        });
      });
    });
    return sum;
  });
  launch(kernel, x, sums, context, output);
}

/** Source steps per resized step; see `sampling.ts`. */
function scaleOf(size: number, resized: number, { alignCorners }: ResizeParams): number {
  return Math.fround(alignCorners && resized > 1 ? (size - 1) / (resized - 1) : size / resized);
}

function linearSample(
  kernel: KernelBuilder,
  index: string,
  size: number,
  resized: number,
  params: ResizeParams,
): Sample {
  const scale = kernel.number(scaleOf(size, resized, params));
  const source = kernel.let(
    // As the tables of `sampling.ts`, which decide at edges, round. Kernels round anyway.
    params.halfPixelCenters ? `Math.fround((${index} + 0.5) * ${scale}) - 0.5` : `Math.fround(${index} * ${scale})`,
  );
  const floor = kernel.let(`Math.floor(${source})`);
  return {
    lower: kernel.let(`Math.max(${floor}, 0)`),
    upper: kernel.let(`Math.min(Math.ceil(${source}), ${size - 1})`),
    weight: kernel.let(`${source} - ${floor}`),
  };
}

function nearestSample(
  kernel: KernelBuilder,
  index: string,
  size: number,
  resized: number,
  params: ResizeParams,
): string {
  const scale = kernel.number(scaleOf(size, resized, params));
  const source = kernel.let(`Math.fround(${params.halfPixelCenters ? `(${index} + 0.5)` : index} * ${scale})`);
  const rounded = params.alignCorners ? `Math.floor(${source} + 0.5)` : `Math.floor(${source})`;
  return kernel.let(`Math.min(${rounded}, ${size - 1})`);
}
