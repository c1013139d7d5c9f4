import type { Size2d } from '../../../ops/index.js';
import type { ValueId } from '../../../plan/index.js';
import { coordinates, divide } from '../source/indexing.js';
import type { KernelBuilder, Operand, Quad } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import { groupedConvolution, groupedFilterGradient, groupedInputGradient } from './grouped.js';
import { type Finish, type Lowering, type LoweringContext, type Lowerings, type Shape4, shape4 } from './lowering.js';
import { linesPerPart } from './parts.js';
import { type PlacedAxis, place } from './place.js';
import { emptySums, multiplyTile, type SumLoop } from './product.js';
import { computeTiles, tileHeight } from './tiles.js';

const conv2d: Lowering<'conv2d'> = (step, context, finish) => {
  const { params, inputs } = step;
  if (params.groups > 1) {
    groupedConvolution(step, context, finish);
    return;
  }
  const [x, filter] = inputs.map((id) => shape4(context, id)) as [Shape4, Shape4];
  const [, rows, columns] = shape4(context, step.output);
  const [height, width, depth, filters] = filter;
  const image = paddedImage(context, inputs[0] as ValueId, x, {
    before: [params.padding[0][0], params.padding[1][0]],
    size: [
      Math.max(x[1] + params.padding[0][0], (rows - 1) * params.strides[0] + (height - 1) * params.dilations[0] + 1),
      Math.max(x[2] + params.padding[1][0], (columns - 1) * params.strides[1] + (width - 1) * params.dilations[1] + 1),
    ],
  });
  const depthQuads = Math.ceil(depth / 4);
  const filterQuads = Math.ceil(filters / 4);
  const tap = depthQuads * 4 * filterQuads;
  convolve(
    {
      image,
      strides: params.strides,
      output: [x[0], rows, columns, filters],
      factor: { operand: packedFilter(context, inputs[1] as ValueId, filter), along: 'result', rowStep: filterQuads },
      filterStart: '0',
      columnStep: 1,
      loops: windowLoops([height, width], params.dilations, image, depthQuads, [width * tap, tap, 4 * filterQuads]),
    },
    context,
    finish,
  );
};

const conv2dInputGradient: Lowering<'conv2dInputGradient'> = (step, context, finish) => {
  const { params, inputs } = step;
  if (params.groups > 1) {
    groupedInputGradient(step, context, finish);
    return;
  }
  // A convolution of dy, its pixels as far apart as the windows were, with the filter turned round and transposed.
  const [dy, filter] = inputs.map((id) => shape4(context, id)) as [Shape4, Shape4];
  const [height, width, depth, filters] = filter;
  const [, rows, columns] = params.inputShape as Shape4;
  const { strides, dilations, padding } = params;
  const spans = [(height - 1) * dilations[0], (width - 1) * dilations[1]] as const;
  const image = paddedImage(context, inputs[0] as ValueId, dy, {
    before: [spans[0] - padding[0][0], spans[1] - padding[1][0]],
    size: [rows + spans[0], columns + spans[1]],
    every: strides,
  });
  const filterQuads = Math.ceil(filters / 4);
  const tap = depth * filterQuads;
  convolve(
    {
      image,
      strides: [1, 1],
      output: [dy[0], rows, columns, depth],
      factor: { operand: packedRows(context, inputs[1] as ValueId, height * width * depth, filters), along: 'sum' },
      filterStart: String((height * width - 1) * tap),
      columnStep: filterQuads,
      loops: windowLoops([height, width], dilations, image, filterQuads, [-width * tap, -tap, 1]),
    },
    context,
    finish,
  );
};

const conv2dFilterGradient: Lowering<'conv2dFilterGradient'> = (step, context, finish) => {
  const { params, inputs } = step;
  if (params.groups > 1) {
    groupedFilterGradient(step, context);
    return;
  }
  const [x, dy] = inputs.map((id) => shape4(context, id)) as [Shape4, Shape4];
  const [height, width, depth, filters] = params.filterShape as Shape4;
  const [batch, rows, columns] = dy;
  const { strides, dilations, padding } = params;
  const image = paddedImage(context, inputs[0] as ValueId, x, {
    before: [padding[0][0], padding[1][0]],
    size: [
      Math.max(x[1] + padding[0][0], (rows - 1) * strides[0] + (height - 1) * dilations[0] + 1),
      Math.max(x[2] + padding[1][0], (columns - 1) * strides[1] + (width - 1) * dilations[1] + 1),
    ],
  });
  const gradient = packedRows(context, inputs[1] as ValueId, batch * rows * columns, filters);
  const depthQuads = Math.ceil(depth / 4);
  const filterQuads = Math.ceil(filters / 4);
  const whole = context.dialect.targets >= 4;
  // Each tap has its own rows: of its channels, the last four may not be there.
  const tiles = whole ? depthQuads : depth;
  const rowsInPart = linesPerPart(batch * rows, columns, height * width * depthQuads * 4 * filterQuads);
  const parts = Math.ceil((batch * rows) / rowsInPart);
  const tiling = { batch: height * width, rows: depth, columns: filters, height: whole ? 4 : 1, tiles, parts };
  computeTiles(tiling, context, finish, (kernel, { part, matrix, tile, column }) => {
    const [down, right] = coordinates(kernel, matrix, [height, width]) as [string, string];
    const quad = whole ? tile : kernel.let(`Math.floor(${tile} * 0.25)`, 'd');
    const inQuad = whole ? {} : { place: kernel.let(`${tile} - 4 * ${quad}`, 'r') };
    const corner = kernel.let(
      `(${down} * ${dilations[0] * image.width} + ${right} * ${dilations[1]}) * ${depthQuads} + ${quad}`,
      'b',
    );
    const sums = emptySums(kernel, whole ? 4 : 1);
    const [left, above] = [kernel.array(image.operand), kernel.array(gradient)];
    kernel.repeat(rowsInPart, (i) => {
      const line = kernel.let(`${part} * ${rowsInPart} + ${i}`, 'k');
      const addLine = (): void => {
        const [picture, row] = divide(kernel, line, rows, batch * rows + rowsInPart);
        const start = kernel.let(
          `(${picture} * ${image.height} + ${row} * ${strides[0]}) * ${image.width * depthQuads} + ${corner}`,
          'b',
        );
        const first = kernel.let(`${line} * ${columns * filterQuads} + ${column}`, 'b');
        const factors = {
          rows: sums.length,
          a: { array: left, along: 'result', starts: [start], ...inQuad },
          b: { array: above, along: 'result', start: first },
          loops: [{ count: columns, a: strides[1] * depthQuads, b: filterQuads }],
        } as const;
        multiplyTile(kernel, factors, sums);
      };
      if ((batch * rows) % rowsInPart === 0) addLine();
      else kernel.block(`if (${line} < ${batch * rows})`, addLine);
    });
    return sums;
  });
};

export const convolutionLowerings = { conv2d, conv2dInputGradient, conv2dFilterGradient } satisfies Lowerings;

/** Images whose pixels begin at quads. */
interface Image {
  readonly operand: Operand;
  readonly height: number;
  readonly width: number;
  readonly channelQuads: number;
}

interface ImagePlacement {
  /** Rows and columns before the first pixel; negative if that many are left out. */
  readonly before: Size2d;
  readonly size: Size2d;
  /** Rows and columns from one pixel to the next. */
  readonly every?: Size2d;
}

/** Images as they are, if nothing is to be added, or a padded copy. */
function paddedImage(
  context: LoweringContext,
  id: ValueId,
  [batch, height, width, channels]: Shape4,
  { before, size, every = [1, 1] }: ImagePlacement,
): Image {
  const channelQuads = Math.ceil(channels / 4);
  const [rows, columns] = size;
  const isWhole =
    rows === height && columns === width && before[0] === 0 && before[1] === 0 && every[0] * every[1] === 1;
  if (isWhole && channels % 4 === 0) return { operand: context.operand(id), height, width, channelQuads };
  const operand = context.temporary(batch * rows * columns * channelQuads);
  const axes: readonly PlacedAxis[] = [
    { length: batch, count: batch, stride: height * width * channels },
    { length: rows, count: height, stride: width * channels, before: before[0], every: every[0] },
    { length: columns, count: width, stride: channels, before: before[1], every: every[1] },
    { length: channelQuads * 4, count: channels, stride: 1 },
  ];
  place({ source: context.operand(id), axes, value: 0 }, context, operand);
  return { operand, height: rows, width: columns, channelQuads };
}

/** A filter whose rows, of the same input channel, begin at quads, and have a multiple of four of them for each tap. */
function packedFilter(context: LoweringContext, id: ValueId, [height, width, depth, filters]: Shape4): Operand {
  if (depth % 4 === 0 && filters % 4 === 0) return context.operand(id);
  const [rows, columns] = [Math.ceil(depth / 4) * 4, Math.ceil(filters / 4) * 4];
  const operand = context.temporary(quadsOf(height * width * rows * columns));
  const axes = [
    { length: height * width, count: height * width, stride: depth * filters },
    { length: rows, count: depth, stride: filters },
    { length: columns, count: filters, stride: 1 },
  ];
  place({ source: context.operand(id), axes, value: 0 }, context, operand);
  return operand;
}

/** A matrix whose rows begin at quads. */
function packedRows(context: LoweringContext, id: ValueId, rows: number, columns: number): Operand {
  if (columns % 4 === 0) return context.operand(id);
  const width = Math.ceil(columns / 4) * 4;
  const operand = context.temporary(quadsOf(rows * width));
  const axes = [
    { length: rows, count: rows, stride: columns },
    { length: width, count: columns, stride: 1 },
  ];
  place({ source: context.operand(id), axes, value: 0 }, context, operand);
  return operand;
}

/** Loops over a window: rows, then columns and channels, as one loop where they follow each other. */
function windowLoops(
  [height, width]: Size2d,
  dilations: Size2d,
  image: Image,
  depthQuads: number,
  [down, right, deep]: readonly [number, number, number],
): readonly SumLoop[] {
  const rows = { count: height, a: dilations[0] * image.width * depthQuads, b: down };
  if (dilations[1] === 1 && right === depthQuads * deep) return [rows, { count: width * depthQuads, a: 1, b: deep }];
  return [rows, { count: width, a: dilations[1] * depthQuads, b: right }, { count: depthQuads, a: 1, b: deep }];
}

interface Convolution {
  readonly image: Image;
  readonly strides: Size2d;
  readonly output: Shape4;
  readonly factor: { readonly operand: Operand; readonly along: 'sum' | 'result'; readonly rowStep?: number };
  /** Where in the filter the sum of the first column begins, and what one column, or four of them, are from there. */
  readonly filterStart: string;
  readonly columnStep: number;
  readonly loops: readonly SumLoop[];
}

/** A product of what the windows of some neighbouring pixels see with the filter. */
function convolve(convolution: Convolution, context: LoweringContext, finish: Finish): void {
  const { image, output, factor, filterStart, columnStep, loops } = convolution;
  const [batch, rows, columns, filters] = output;
  const pixels = batch * rows * columns;
  const terms = loops.reduce((product, { count }) => product * count, 1);
  const height = tileHeight(context, pixels, terms);
  const tiling = { batch: 1, rows: pixels, columns: filters, height, tiles: Math.ceil(pixels / height), parts: 1 };
  computeTiles(tiling, context, finish, (kernel, { tile, column }): readonly Quad[] => {
    const starts = Array.from({ length: height }, (_, i) => {
      const pixel = height === 1 ? tile : kernel.let(`Math.min(${tile} * ${height} + ${i}, ${pixels - 1})`, 'f');
      return kernel.let(windowStart(kernel, pixel, convolution), 'b');
    });
    const isSum = factor.along === 'sum';
    const start = kernel.let(`${filterStart} + ${column} * ${isSum ? 4 * columnStep : columnStep}`, 'b');
    return multiplyTile(kernel, {
      rows: height,
      a: { array: kernel.array(image.operand), along: 'sum', starts },
      b: {
        array: kernel.array(factor.operand),
        along: factor.along,
        start,
        ...(isSum ? { columnStep } : { rowStep: factor.rowStep as number }),
      },
      loops,
    });
  });
}

/** Where the window of a pixel begins, in quads. */
function windowStart(kernel: KernelBuilder, pixel: string, { image, strides, output }: Convolution): string {
  const [batch, rows, columns] = output;
  const { height, width, channelQuads } = image;
  if (height === rows && width === columns && strides[0] * strides[1] === 1) return `${pixel} * ${channelQuads}`;
  const [picture, row, column] = coordinates(kernel, pixel, [batch, rows, columns]);
  return `((${picture} * ${height} + ${row} * ${strides[0]}) * ${width} + ${column} * ${strides[1]}) * ${channelQuads}`;
}
