import { WinogradRecord } from '../generated/records';
import { blockFlags, blockLength, multiply } from '../product/multiply';
import { listRows, tableBytes } from '../product/rowTable';
import { scratch } from '../scratch';
import { matrixStep, patchSize, products } from '../winograd/matrices';
import { transformPatches } from '../winograd/transformPatches';
import { transformProducts } from '../winograd/transformProducts';

/** 3 x 3 convolutions by Winograd's algorithm (`winograd/matrices.ts`), for blocks of tiles small enough for the cache. */
export function winograd(record: WinogradRecord, begin: i32, end: i32): void {
  const tileBlocks = (record.tiles + record.unitTiles - 1) / record.unitTiles;
  // Workers are at the same columns together: what one reads of the filters is in a shared cache for the others.
  for (let unit = begin; unit < end; unit++) computeTiles(record, unit % tileBlocks, unit / tileBlocks);
}

function computeTiles(record: WinogradRecord, tileBlock: i32, columnBlock: i32): void {
  const first = tileBlock * record.unitTiles;
  const firstColumn = columnBlock * record.unitColumns;
  const tiles = min(record.unitTiles, record.tiles - first);
  const columns = min(record.unitColumns, record.columns - firstColumn);
  const depth = record.channels;
  const paddedColumns = (record.columns + 7) & ~7;

  const patchBytes = (<usize>(depth + 3) & ~3) << 2;
  const patchStep = matrixStep(tiles, patchBytes);
  const productBytes = (<usize>(columns + 3) & ~3) << 2;
  const productStep = matrixStep(tiles, productBytes);
  const patchRows = scratch();
  const productRows = patchRows + tableBytes;
  const patch = productRows + tableBytes;
  const transformed = patch + <usize>(patchSize * patchSize) * patchBytes;
  const product = transformed + products * patchStep;

  transformPatches(transformed, patchBytes, patchStep, patch, record, first, tiles);
  listRows(patchRows, transformed, patchBytes, tiles);
  listRows(productRows, 0, productBytes, tiles);
  for (let i: usize = 0; i < products; i++) {
    const filter = record.filter + i * record.filterMatrixBytes;
    for (let at = 0; at < depth; ) {
      const length = blockLength(at, depth, depth, record.block);
      const next = at + length;
      multiply(
        patchRows,
        i * patchStep + (<usize>at << 2),
        length,
        filter + (<usize>(at * paddedColumns + firstColumn * length) << 2),
        productRows,
        product + i * productStep,
        tiles,
        columns,
        0,
        blockFlags(0, at == 0, next >= depth),
        0,
        0,
        0,
      );
      at = next;
    }
  }
  transformProducts(product, productBytes, productStep, record, first, tiles, firstColumn, columns);
}
