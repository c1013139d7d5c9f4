import { coordinates, divide } from '../source/indexing.js';
import { KernelBuilder, type Operand, places, type Quad, thread } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import { elementIndices } from '../source/walk.js';
import { applyEpilogue } from './epilogue.js';
import type { Finish, LoweringContext } from './lowering.js';
import { emptySums } from './product.js';

/** How the rows and columns of a product are cut into tiles. */
export interface Tiling {
  /** Matrices one behind the other. */
  readonly batch: number;
  /** Rows of each. */
  readonly rows: number;
  readonly columns: number;
  /** Rows of a tile; each makes an array of its own. */
  readonly height: number;
  /** Tiles of one matrix, from top to bottom. */
  readonly tiles: number;
  /** Sums of parts, one behind the other, that are still to be added up. */
  readonly parts: number;
}

/** Which tile a thread makes. */
export interface TilePlace {
  readonly part: string;
  readonly matrix: string;
  readonly tile: string;
  /** Which four columns. */
  readonly column: string;
}

/**
 * Quads that are added up, from which on tiles of several rows are worth their second kernel: a row alone reads 5 quads for
 * 16 products, four of them 8 for 64. Measured on a software renderer with `npm run bench:gpu`.
 */
const tallDepth = 8;

/** How many rows a tile has at best. */
export function tileHeight({ dialect }: LoweringContext, rows: number, depthQuads: number): number {
  return rows >= dialect.targets && depthQuads >= tallDepth ? dialect.targets : 1;
}

/**
 * Appends the kernels of a product: one that computes tiles, then, unless its rows are the result already, one that
 * puts them in order and does what comes after.
 */
export function computeTiles(
  tiling: Tiling,
  context: LoweringContext,
  finish: Finish,
  compute: (kernel: KernelBuilder, at: TilePlace) => readonly Quad[],
): void {
  const { batch, rows, columns, height, tiles, parts } = tiling;
  const columnQuads = Math.ceil(columns / 4);
  const quads = parts * batch * tiles * columnQuads;
  const output = context.operand(finish.output);
  if (batch * rows * columns === 0) return;
  const kernel = new KernelBuilder(context.dialect);
  const [part, matrix, tile, column] = coordinates(kernel, thread, [parts, batch, tiles, columnQuads]) as [
    string,
    string,
    string,
    string,
  ];
  const sums = compute(kernel, { part, matrix, tile, column });
  if (height === 1 && columns % 4 === 0 && parts === 1) {
    const all = { rows: batch * rows, columns };
    context.launch(kernel.finish(quads, applyEpilogue(kernel, sums[0] as Quad, finish.epilogue, all, context)), output);
    return;
  }
  const targets = Array.from({ length: height }, () => context.temporary(quads));
  context.launch(kernel.finish(quads, sums[0] as Quad, sums.slice(1)), ...targets);
  context.launch(gatherTiles(tiling, targets, context, finish), output);
}

/** The rows of tiles in order, parts added up. */
function gatherTiles(tiling: Tiling, targets: readonly Operand[], context: LoweringContext, { epilogue }: Finish) {
  const { batch, rows, columns, tiles, parts } = tiling;
  const columnQuads = Math.ceil(columns / 4);
  const size = batch * rows * columns;
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const arrays = targets.map((target) => kernel.array(target));
  const partQuads = batch * tiles * columnQuads;
  /** Calls `take` with the array of a row within its tile. */
  const fromRow = (inTile: string, take: (array: string) => void): void => {
    if (arrays.length === 1) take(arrays[0] as string);
    else {
      arrays.forEach((array, i) => {
        kernel.block(`if (${inTile} === ${i})`, () => take(array));
      });
    }
  };
  const eachPart = (take: (offset: string) => void): void => {
    if (parts === 1) take('0');
    else kernel.repeatSize(parts, (i) => take(`${i} * ${kernel.size(partQuads)}`));
  };
  let result: Quad;
  if (columns % 4 === 0) {
    const [row, column] = divide(kernel, thread, columnQuads, batch * rows * columnQuads);
    const [tile, inTile] = locateRow(kernel, tiling, row);
    const [sum] = emptySums(kernel, 1) as readonly [Quad];
    const index = kernel.let(`${tile} * ${kernel.size(columnQuads)} + ${column}`, 'b');
    fromRow(inTile, (array) => {
      eachPart((offset) => {
        const quad = kernel.quad(array, `${index} + ${offset}`);
        for (const place of places) kernel.line(`${sum[place]} = ${sum[place]} + ${quad[place]};`);
      });
    });
    result = sum;
  } else {
    const [sum] = emptySums(kernel, 1) as readonly [Quad];
    elementIndices(kernel).forEach((element, place) => {
      const [row, column] = divide(kernel, element, columns, size + 4);
      const [tile, inTile] = locateRow(kernel, tiling, row);
      const index = kernel.let(`${tile} * ${kernel.size(columnQuads * 4)} + ${column}`, 'b');
      fromRow(inTile, (array) => {
        eachPart((offset) => {
          const value = kernel.element(array, offset === '0' ? index : `${index} + 4 * (${offset})`);
          kernel.line(`${sum[place]} = ${sum[place]} + ${value};`);
        });
      });
    });
    result = sum;
  }
  return kernel.finish(
    quadsOf(size),
    applyEpilogue(kernel, result, epilogue, { rows: batch * rows, columns }, context),
  );
}

/** Which tile a row of all matrices is in, and where there. */
function locateRow(
  kernel: KernelBuilder,
  { batch, rows, height, tiles }: Tiling,
  row: string,
): readonly [tile: string, inTile: string] {
  const bound = batch * rows + 4;
  if (batch === 1 || rows === height * tiles) return divide(kernel, row, height, bound);
  const [matrix, own] = divide(kernel, row, rows, bound);
  const [tile, inTile] = divide(kernel, own, height, rows);
  return [kernel.let(`${matrix} * ${kernel.size(tiles)} + ${tile}`, 'b'), inTile];
}
