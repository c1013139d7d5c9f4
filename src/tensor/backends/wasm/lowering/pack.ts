import type { ValueId } from '../../../plan/index.js';
import { type Blocking, type ProductSize, packedBytes } from './blocking.js';
import type { LoweringContext } from './lowering.js';
import { moved, type Pointer } from './pointer.js';
import type { ProgramBuilder } from './programBuilder.js';

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
export function pack(context: LoweringContext, factor: Factor, size: ProductSize, blocking: Blocking): Packed {
  const { depth, columns, matrices = 1 } = size;
  const { block, period } = blocking;
  const matrixBytes = packedBytes(size);
  const pointer = context.pointer(factor.value);
  const key = `panels ${[...Object.values(factor).slice(1), depth, columns, matrices, block, period]}`;
  const panels = context.builder.derive(pointer, key, matrices * matrixBytes, (builder, to) => {
    emitPanels(builder, pointer, to, factor, size, blocking);
  });
  return { panels, matrixBytes };
}

/** Packs the operand whose value is at `value`. */
export function emitPanels(
  builder: ProgramBuilder,
  value: Pointer,
  to: Pointer,
  { tapsX, channels, start, tapRow, tapColumn, channel, column, matrix }: Factor,
  size: Omit<ProductSize, 'rows'>,
  { block, period }: Pick<Blocking, 'block' | 'period'>,
): void {
  const { depth, columns, matrices = 1 } = size;
  if (columns === 0 || depth === 0) return;
  const from = moved(value, 4 * start);
  const toMatrixBytes = packedBytes(size);
  const common = { to, from, depth, columns, fromMatrixBytes: 4 * matrix, toMatrixBytes, block, period };
  if (channel === 1) {
    const taps = { channels, tapsX, tapRowBytes: 4 * tapRow, tapColumnBytes: 4 * tapColumn };
    const units = matrices * Math.ceil(columns / 8);
    builder.emit('packTransposed', { units }, { ...common, ...taps, columnBytes: 4 * column });
  } else {
    // Only the filters of a forward pass: there all taps lie one after the other.
    builder.emit('packPanels', { units: matrices * Math.ceil(depth / 16) }, { ...common, rowBytes: 4 * channel });
  }
}
