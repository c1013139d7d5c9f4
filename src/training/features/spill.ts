/** Files of records. */
export interface Spill {
  /** Writes a file, as a whole or not at all. */
  write(file: number, positions: readonly number[], records: readonly Uint8Array[]): Promise<void>;
  /** The records at some places of a file. */
  read(file: number, places: readonly number[], recordBytes: number): Promise<readonly Uint8Array[]>;
  /** The files there are, and the positions of their records. What is damaged is left out. */
  list(recordBytes: number): Promise<readonly { readonly file: number; readonly positions: Int32Array }[]>;
  /** Removes the files, unless they are to stay. */
  dispose(): Promise<void>;
}

/** Bytes before the records: how many there are, then the position of each. */
export function headerBytes(count: number): number {
  return 4 + 4 * count;
}

/** How a file begins. */
export function header(positions: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.of(positions.length, ...positions).buffer);
}

/** The positions that a file of `size` bytes says it holds; `null` if that cannot be. */
export function readHeader(start: Uint8Array, size: number, recordBytes: number): Int32Array | null {
  if (start.length < 4) return null;
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  const count = view.getInt32(0, true);
  if (count < 0 || size !== headerBytes(count) + count * recordBytes || start.length < headerBytes(count)) return null;
  return Int32Array.from({ length: count }, (_, i) => view.getInt32(4 + 4 * i, true));
}
