import type { Axis } from './axis.js';
import { blockDepth, packedBytes } from './blocking.js';
import { epilogueFields } from './epilogue.js';
import type { Gathering, Images } from './gathering.js';
import type { Finish, LoweringContext } from './lowering.js';
import { emitPanels } from './pack.js';

// Winograd's algorithm for 3 x 3 windows that move by one pixel: 16 products for the 4 pixels of a tile in place of 36.
// `assembly/winograd/matrices.ts` has the formulas.

/** With fewer channels or filters too little is made of each number that is transformed. */
const leastChannels = 16;
/** With fewer tiles too little is made of 16 numbers, in place of 9, that are read for each channel and filter. */
const leastTiles = 16;
/** Bytes of transformed patches and of products that a unit may take: they stay in the second-level cache, mostly. */
const residentBytes = 2 ** 20;
/** Rows that `assembly/product/rowTable.ts` has room for. */
const mostTiles = 1020;
/** So that several workers end at about the same time. */
const wantedUnits = 16;

/** How the tiles and filters of a convolution are cut up. */
interface Blocking {
  readonly unitTiles: number;
  readonly unitColumns: number;
  readonly units: number;
}

/** Lowers a convolution to tiles. Returns false, and does nothing, if that is impossible or not worth while. */
export function lowerWinograd(context: LoweringContext, finish: Finish, gathering: Gathering): boolean {
  const { source, result, rows, columns, groups, filter } = gathering;
  const [batch, height, width, channels] = context.value(source).shape as Images;
  const [, yHeight, yWidth, filters] = context.value(result).shape as Images;
  const [tilesY, tilesX] = [Math.ceil(yHeight / 2), Math.ceil(yWidth / 2)];
  const tiles = batch * tilesY * tilesX;
  if (groups > 1 || !isThreeInARow(rows) || !isThreeInARow(columns)) return false;
  if (Math.min(channels, filters) < leastChannels || tiles < leastTiles) return false;
  const blocking = blockTiles(tiles, channels, filters);
  if (blocking === null) return false;

  const { builder } = context;
  const { block } = blockDepth(channels, 1);
  const packed = { columns: filters, depth: channels, matrices: 9 };
  const filterMatrixBytes = packedBytes(packed);
  // Of taps that lie in order, forwards or backwards, each is a matrix.
  const taps = { ...filter, tapsX: 1, tapRow: 0, tapColumn: 0, matrix: filter.tapColumn };
  const key = `winograd ${[filter.start, filter.tapColumn, filter.channel, filter.column]}`;
  const transformed = builder.derive(context.pointer(filter.value), key, 16 * filterMatrixBytes, (inside, to) => {
    emitPanels(inside, context.pointer(filter.value), to, taps, packed, { block, period: channels });
    const units = Math.ceil(filterMatrixBytes / 4096);
    inside.emit('transformFilters', { units }, { filter: to, matrixBytes: filterMatrixBytes });
  });
  const { units, unitTiles, unitColumns } = blocking;
  builder.emit(
    'winograd',
    { units, grain: 1 },
    {
      ...epilogueFields(finish.epilogue, context),
      ...{ x: context.pointer(source), filter: transformed, y: context.pointer(finish.output) },
      ...{ height, width, channels, originY: rows.origin, originX: columns.origin },
      ...{ yHeight, yWidth, columns: filters, tilesY, tilesX, tiles },
      ...{ filterMatrixBytes, block, unitTiles, unitColumns },
    },
  );
  return true;
}

/** Whether every pixel sees three neighbours. */
function isThreeInARow({ taps, stride, step, apart }: Axis): boolean {
  return taps === 3 && stride === 1 && step === 1 && apart === 1;
}

/** Depends on sizes only, so that results do not depend on the number of workers. `null` if nothing fits. */
function blockTiles(tiles: number, channels: number, filters: number): Blocking | null {
  const panels = Math.ceil(filters / 8);
  let best: Blocking | null = null;
  let least = Infinity;
  for (let columnBlocks = 1; columnBlocks <= panels; columnBlocks++) {
    const unitColumns = 8 * Math.ceil(panels / columnBlocks);
    const tileBytes = 16 * 4 * (channels + unitColumns);
    const fitting = Math.min(mostTiles, Math.floor(residentBytes / tileBytes / 12) * 12);
    if (fitting === 0) continue;
    const tileBlocks = Math.max(Math.ceil(tiles / fitting), Math.ceil(wantedUnits / columnBlocks));
    const unitTiles = Math.ceil(tiles / tileBlocks / 12) * 12;
    const [down, across] = [Math.ceil(tiles / unitTiles), Math.ceil(filters / unitColumns)];
    // Patches are transformed once for each block of filters, filters read once for each block of tiles.
    const work = tiles * across + filters * down;
    if (work < least) best = { unitTiles, unitColumns, units: down * across };
    least = Math.min(least, work);
  }
  return best;
}
