import type { ValueId } from '../../../plan/index.js';
import { type Blocking, type ProductSize, packedBytes } from './blocking.js';
import type { LoweringContext } from './lowering.js';
import { moved, type Pointer } from './pointer.js';

/** Where the right operands of products are packed. */
export interface Packed {
  readonly panels: Pointer;
  /** Bytes from one of them to the next. */
  readonly matrixBytes: number;
}

/** How the matrices lie that are to be packed. */
interface Layout {
  /** From one matrix to the next. */
  readonly matrixBytes: number;
  /** From the start of the value to the first number. @defaultValue 0 */
  readonly start?: number;
}

/** Packs matrices whose rows are stored one after the other, `rowBytes` apart. */
export function packPanels(
  context: LoweringContext,
  value: ValueId,
  size: ProductSize,
  { block, period }: Blocking,
  { matrixBytes, start = 0, rowBytes }: Layout & { readonly rowBytes: number },
): Packed {
  const { depth, columns, matrices = 1 } = size;
  const from = context.pointer(value);
  const bytes = packedBytes(size);
  const key = `panels ${[depth, columns, rowBytes, start, matrices, matrixBytes, block, period]}`;
  const panels = context.builder.derive(from, key, matrices * bytes, (builder, to) =>
    builder.emit(
      'packPanels',
      { units: columns === 0 ? 0 : matrices * Math.ceil(depth / 16) },
      {
        ...{ to, from: moved(from, start), depth, columns, rowBytes },
        ...{ fromMatrixBytes: matrixBytes, toMatrixBytes: bytes, period, block },
      },
    ),
  );
  return { panels, matrixBytes: bytes };
}

/** The taps of a window, down the depth of a product, and where they are in the filter. */
export interface Taps {
  readonly channels: number;
  readonly tapsX: number;
  readonly tapRowBytes: number;
  readonly tapColumnBytes: number;
}

/** Packs matrices whose columns are stored as rows, `columnBytes` apart, tap by tap. */
export function packTransposed(
  context: LoweringContext,
  value: ValueId,
  size: ProductSize,
  { block, period }: Blocking,
  { matrixBytes, start = 0, columnBytes, taps }: Layout & { readonly columnBytes: number; readonly taps?: Taps },
): Packed {
  const { depth, columns, matrices = 1 } = size;
  const from = context.pointer(value);
  const bytes = packedBytes(size);
  const { channels, tapsX, tapRowBytes, tapColumnBytes } = taps ?? wholeDepth(depth);
  const layout = [depth, columns, columnBytes, start, matrices, matrixBytes, block, period];
  const key = `transposed ${[...layout, channels, tapsX, tapRowBytes, tapColumnBytes]}`;
  const panels = context.builder.derive(from, key, matrices * bytes, (builder, to) =>
    builder.emit(
      'packTransposed',
      { units: depth === 0 ? 0 : matrices * Math.ceil(columns / 8) },
      {
        ...{ to, from: moved(from, start), depth, columns, columnBytes },
        ...{ channels, tapsX, tapRowBytes, tapColumnBytes },
        ...{ fromMatrixBytes: matrixBytes, toMatrixBytes: bytes, period, block },
      },
    ),
  );
  return { panels, matrixBytes: bytes };
}

function wholeDepth(depth: number): Taps {
  return { channels: depth, tapsX: 1, tapRowBytes: 0, tapColumnBytes: 0 };
}
