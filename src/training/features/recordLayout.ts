import {
  allocate,
  bytesPerElement,
  fromFloat16,
  type Shape,
  sameShape,
  sizeOf,
  type Tensor,
  type TypedArray,
  toFloat16,
  wrap,
} from '../../tensor/index.js';
import type { Batch } from '../data/dataset.js';

/** Some samples as they are kept: features, targets and weights. */
export interface FeatureColumns {
  readonly x: readonly Tensor[];
  readonly y: readonly Tensor[];
  readonly sampleWeight: readonly Tensor[];
}

interface Part {
  readonly name: keyof FeatureColumns;
  readonly shape: Shape;
  readonly dtype: Tensor['dtype'];
  readonly half: boolean;
  readonly offset: number;
  readonly bytes: number;
}

/** How a sample is written as bytes: all samples of a data set are written alike. */
export class RecordLayout {
  readonly #parts: readonly Part[];
  /** Bytes of one sample. */
  readonly bytes: number;

  /** @param half whether features of single precision are written in half precision */
  constructor(columns: FeatureColumns, half: boolean) {
    const parts: Part[] = [];
    let offset = 0;
    for (const name of ['x', 'y', 'sampleWeight'] as const) {
      for (const {
        shape: [, ...shape],
        dtype,
      } of columns[name]) {
        const shortened = half && name === 'x' && dtype === 'float32';
        const bytes = sizeOf(shape) * (shortened ? 2 : bytesPerElement(dtype));
        parts.push({ name, shape, dtype, half: shortened, offset, bytes });
        offset += bytes;
      }
    }
    this.#parts = parts;
    this.bytes = offset;
  }

  /** Whether samples like these can be written so. */
  fits(columns: FeatureColumns): boolean {
    const all = [...columns.x, ...columns.y, ...columns.sampleWeight];
    return (
      all.length === this.#parts.length &&
      all.every(({ shape: [, ...sample], dtype }, i) => {
        const part = this.#parts[i] as Part;
        return part.dtype === dtype && sameShape(part.shape, sample);
      })
    );
  }

  /** One array of bytes for each sample. */
  async write(columns: FeatureColumns): Promise<readonly Uint8Array[]> {
    const all = [...columns.x, ...columns.y, ...columns.sampleWeight];
    const count = all[0]?.shape[0] ?? 0;
    const records = Array.from({ length: count }, () => new Uint8Array(this.bytes));
    for (const [i, { half, offset, bytes }] of this.#parts.entries()) {
      const numbers = await (all[i] as Tensor).data();
      const from = bytesOf(half ? toFloat16(numbers as Float32Array) : numbers);
      records.forEach((record, row) => {
        record.set(from.subarray(row * bytes, (row + 1) * bytes), offset);
      });
    }
    return records;
  }

  /** The samples of some records, in that order, as a batch. */
  read(records: readonly Uint8Array[]): Batch {
    const columns: { readonly [N in keyof FeatureColumns]: Tensor[] } = { x: [], y: [], sampleWeight: [] };
    for (const { name, shape, dtype, half, offset, bytes } of this.#parts) {
      const size = records.length * sizeOf(shape);
      const numbers = half ? new Uint16Array(size) : allocate(dtype, size);
      const to = bytesOf(numbers);
      records.forEach((record, row) => {
        to.set(record.subarray(offset, offset + bytes), row * bytes);
      });
      const values: TypedArray = numbers instanceof Uint16Array ? fromFloat16(numbers) : numbers;
      columns[name].push(wrap(values, [records.length, ...shape], dtype));
    }
    return columns;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
