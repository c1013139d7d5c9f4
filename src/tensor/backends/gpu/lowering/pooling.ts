import type { PoolParams } from '../../../ops/primitives.js';
import type { ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import { KernelBuilder, type Quad } from '../source/kernelBuilder.js';
import { forPixels, type Pixel } from '../source/pixels.js';
import { quadsOf } from '../source/quads.js';
import { windowThatSees } from './grouped.js';
import type { Lowering, LoweringContext, Lowerings, Shape4 } from './lowering.js';

/** Windows over images of shape `x`, and the images that a kernel makes. */
interface Pool {
  readonly kernel: KernelBuilder;
  readonly params: PoolParams;
  readonly x: Shape4;
  readonly y: Shape4;
}

const maxPool2d: Lowering<'maxPool2d'> = ({ inputs, output, params }, context) => {
  const pool = poolOf(context, params, context.value(inputs[0] as ValueId).shape, context.value(output).shape);
  const image = pool.kernel.array(context.operand(inputs[0] as ValueId));
  const largest = forPixels(pool.kernel, pool.y, (pixel) => {
    const best = numbers(pool.kernel, pool.y, Number.NEGATIVE_INFINITY);
    const isFirst = pool.kernel.let('1', 's');
    eachTap(pool, pixel, (at) => {
      pixel.read(image, at).forEach((value, i) => {
        pool.kernel.line(
          `if (${isFirst} === 1 || (${best[i]} === ${best[i]} && !(${value} <= ${best[i]}))) { ${best[i]} = ${value}; }`,
        );
      });
      pool.kernel.line(`${isFirst} = 0;`);
    });
    return best;
  });
  launch(pool, pool.y, largest, context, output);
};

const maxPool2dSelect: Lowering<'maxPool2dSelect'> = ({ inputs, output, params }, context) => {
  const pool = poolOf(context, params, context.value(inputs[0] as ValueId).shape, context.value(output).shape);
  const [image, g] = inputs.map((id) => pool.kernel.array(context.operand(id))) as [string, string];
  const chosen = forPixels(pool.kernel, pool.y, (pixel) => {
    const result = numbers(pool.kernel, pool.y, 0);
    firstLargest(pool, pixel, image, (at, improved) => {
      const values = pixel.read(g, at);
      improved.forEach((condition, i) => {
        pool.kernel.line(`if (${condition} > 0.5) { ${result[i]} = ${values[i]}; }`);
      });
    });
    return result;
  });
  launch(pool, pool.y, chosen, context, output);
};

/** For each pixel of dx: the windows that see it, and whether it is the first largest element of each. */
const maxPool2dGradient: Lowering<'maxPool2dGradient'> = ({ inputs, output, params }, context) => {
  const pool = poolOf(
    context,
    params,
    context.value(inputs[0] as ValueId).shape,
    context.value(inputs[1] as ValueId).shape,
  );
  const { kernel, x, y } = pool;
  const [image, gradient] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const sums = forPixels(kernel, x, (pixel) => {
    const sum = numbers(kernel, x, 0);
    eachWindow(pool, pixel, (row, column) => {
      const window = { ...pixel, row, column };
      const place = numbers(kernel, x, -1);
      firstLargest(pool, window, image, (at, improved) => {
        improved.forEach((condition, i) => {
          kernel.line(`if (${condition} > 0.5) { ${place[i]} = ${at}; }`);
        });
      });
      const own = kernel.let(`(${pixel.image} * ${x[1]} + ${pixel.row}) * ${x[2]} + ${pixel.column}`, 'k');
      const dy = pixel.read(gradient, `(${pixel.image} * ${y[1]} + ${row}) * ${y[2]} + ${column}`);
      sum.forEach((total, i) => {
        kernel.line(`if (${place[i]} === ${own}) { ${total} = ${total} + ${dy[i]}; }`);
      });
    });
    return sum;
  });
  launch(pool, x, sums, context, output);
};

const avgPool2d: Lowering<'avgPool2d'> = ({ inputs, output, params }, context) => {
  const pool = poolOf(context, params, context.value(inputs[0] as ValueId).shape, context.value(output).shape);
  const { kernel, y } = pool;
  const image = kernel.array(context.operand(inputs[0] as ValueId));
  const means = forPixels(kernel, y, (pixel) => {
    const sum = numbers(kernel, y, 0);
    const count = kernel.let('0', 's');
    eachTap(pool, pixel, (at) => {
      pixel.read(image, at).forEach((value, i) => {
        kernel.line(`${sum[i]} = ${sum[i]} + ${value};`);
      });
      kernel.line(`${count} = ${count} + 1;`);
    });
    return sum.map((total) => kernel.let(`${total} / ${count}`));
  });
  launch(pool, y, means, context, output);
};

const avgPool2dGradient: Lowering<'avgPool2dGradient'> = ({ inputs, output, params }, context) => {
  const pool = poolOf(context, params, params.inputShape, context.value(inputs[0] as ValueId).shape);
  const { kernel, x, y } = pool;
  const gradient = kernel.array(context.operand(inputs[0] as ValueId));
  const sums = forPixels(kernel, x, (pixel) => {
    const sum = numbers(kernel, x, 0);
    eachWindow(pool, pixel, (row, column) => {
      const seen = kernel.let(`${extentOf(pool, row, 0)} * ${extentOf(pool, column, 1)}`, 's');
      const dy = pixel.read(gradient, `(${pixel.image} * ${y[1]} + ${row}) * ${y[2]} + ${column}`);
      sum.forEach((total, i) => {
        kernel.line(`${total} = ${total} + ${dy[i]} / ${seen};`);
      });
    });
    return sum;
  });
  launch(pool, x, sums, context, output);
};

export const poolingLowerings = {
  maxPool2d,
  maxPool2dSelect,
  maxPool2dGradient,
  avgPool2d,
  avgPool2dGradient,
} satisfies Lowerings;

function poolOf(context: LoweringContext, params: PoolParams, x: readonly number[], y: readonly number[]): Pool {
  return { kernel: new KernelBuilder(context.dialect), params, x: x as Shape4, y: y as Shape4 };
}

function launch({ kernel }: Pool, shape: Shape4, result: Quad, context: LoweringContext, output: ValueId): void {
  context.launch(kernel.finish(quadsOf(sizeOf(shape)), result), context.operand(output));
}

/** As many variables as `forPixels` computes at a time. */
function numbers(kernel: KernelBuilder, shape: Shape4, value: number): readonly string[] {
  const written = kernel.number(value);
  return Array.from({ length: shape[3] % 4 === 0 ? 4 : 1 }, () => kernel.let(written, 's'));
}

/** Calls `visit` with each pixel of `x` that the window at a pixel of `y` sees. */
function eachTap({ kernel, params, x }: Pool, { image, row, column }: Pixel, visit: (pixel: string) => void): void {
  const { poolSize, strides, padding } = params;
  kernel.repeat(poolSize[0], (down) => {
    const line = kernel.let(`${row} * ${strides[0]} + ${down} - ${padding[0][0]}`, 'k');
    kernel.block(`if (${line} >= 0 && ${line} < ${x[1]})`, () => {
      kernel.repeat(poolSize[1], (right) => {
        const place = kernel.let(`${column} * ${strides[1]} + ${right} - ${padding[1][0]}`, 'k');
        kernel.block(`if (${place} >= 0 && ${place} < ${x[2]})`, () => {
          visit(kernel.let(`(${image} * ${x[1]} + ${line}) * ${x[2]} + ${place}`, 'k'));
        });
      });
    });
  });
}

/** Calls `visit` with row and column of each window that sees a pixel of `x`. */
function eachWindow({ kernel, params, x, y }: Pool, pixel: Pixel, visit: (row: string, column: string) => void): void {
  kernel.repeat(params.poolSize[0], (down) => {
    const line = windowThatSees(kernel, pixel.row, down, x[1], params, 0);
    kernel.block(`if (${line.condition(y[1])})`, () => {
      kernel.repeat(params.poolSize[1], (right) => {
        const place = windowThatSees(kernel, pixel.column, right, x[2], params, 1);
        kernel.block(`if (${place.condition(y[2])})`, () => visit(line.index, place.index));
      });
    });
  });
}

/** Follows the first largest element of a window; NaN counts as largest. `visit` gets 1 for those that a tap improves. */
function firstLargest(
  pool: Pool,
  window: Pixel,
  image: string,
  visit: (pixel: string, improved: readonly string[]) => void,
): void {
  const { kernel } = pool;
  const best = numbers(kernel, pool.x, 0);
  const isFirst = kernel.let('1', 's');
  eachTap(pool, window, (at) => {
    const improved = window.read(image, at).map((value, i) => {
      const isBetter = kernel.let('0', 's');
      kernel.line(
        `if (${isFirst} === 1 || (${best[i]} === ${best[i]} && !(${value} <= ${best[i]}))) { ${isBetter} = 1; ${best[i]} = ${value}; }`,
      );
      return isBetter;
    });
    kernel.line(`${isFirst} = 0;`);
    visit(at, improved);
  });
}

/** How many rows (or columns) of the image a window sees. */
function extentOf({ kernel, params, x }: Pool, window: string, axis: 0 | 1): string {
  const start = kernel.let(`${window} * ${params.strides[axis]} - ${params.padding[axis][0]}`, 'k');
  const size = params.poolSize[axis];
  return `(Math.min(${start} + ${size}, ${x[axis + 1]}) - Math.max(${start}, 0))`;
}
