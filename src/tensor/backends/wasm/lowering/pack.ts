import type { ValueId } from '../../../plan/index.js';
import { type Blocking, type ProductSize, packedBytes } from './blocking.js';
import type { LoweringContext } from './lowering.js';
import { moved, type Pointer } from './pointer.js';

/**
 * The right operand of products, as it is stored: the number for channel `c` of the tap (i, j) and column `n` of matrix
 * `m` is number `start + i tapRow + j tapColumn + c channel + n column + m matrix` of the value. Taps and their channels
 * follow each other down the depth of the product.
 */
export interface Factor {
  readonly value: ValueId;
  readonly tapsX: number;
  readonly channels: number;
  readonly start: number;
  readonly tapRow: number;
  readonly tapColumn: number;
  readonly channel: number;
  readonly column: number;
  readonly matrix: number;
}

/** Where the right operands of products are packed. */
export interface Packed {
  readonly panels: Pointer;
  /** Bytes from one of them to the next. */
  readonly matrixBytes: number;
}

/** Lays a right operand out as the inner loop of a product reads it; columns or channels are neighbours in memory. */
export function pack(context: LoweringContext, factor: Factor, size: ProductSize, { block, period }: Blocking): Packed {
  const { value, tapsX, channels, start, tapRow, tapColumn, channel, column, matrix } = factor;
  const { depth, columns, matrices = 1 } = size;
  const bytes = packedBytes(size);
  const pointer = context.pointer(value);
  const from = moved(pointer, 4 * start);
  const key = `panels ${[...Object.values(factor).slice(1), depth, columns, matrices, block, period]}`;
  const panels = context.builder.derive(pointer, key, matrices * bytes, (builder, to) => {
    const common = { to, from, depth, columns, fromMatrixBytes: 4 * matrix, toMatrixBytes: bytes, block, period };
    if (size.columns === 0 || depth === 0) return;
    if (channel === 1) {
      const taps = { channels, tapsX, tapRowBytes: 4 * tapRow, tapColumnBytes: 4 * tapColumn };
      const units = matrices * Math.ceil(columns / 8);
      builder.emit('packTransposed', { units }, { ...common, ...taps, columnBytes: 4 * column });
    } else {
      // Only the filters of a forward pass: there all taps lie one after the other.
      builder.emit('packPanels', { units: matrices * Math.ceil(depth / 16) }, { ...common, rowBytes: 4 * channel });
    }
  });
  return { panels, matrixBytes: bytes };
}
