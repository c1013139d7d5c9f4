import { freshName, loadH5wasm } from './h5wasm.js';

/** Bytes that are read at once, so that the library's memory, which never shrinks, grows by little. */
const maxPiece = 2 ** 22;

/**
 * The little-endian bytes of an array, read by the HDF5 library.
 * @throws {Error} if the library finds another array there, or none.
 */
export async function readBytes(
  file: Uint8Array,
  path: string,
  byteLength: number,
  shape: readonly number[],
): Promise<Uint8Array<ArrayBuffer>> {
  const library = await loadH5wasm();
  const name = freshName();
  const output = new Uint8Array(byteLength);
  library.writeFile(name, file);
  try {
    library.strictly(() => {
      const opened = new library.File(name, 'r');
      try {
        const rows = shape[0] ?? 1;
        const rowBytes = byteLength / rows;
        const step = Math.max(1, Math.floor(maxPiece / rowBytes));
        for (let row = 0; row < rows; row += step) {
          const count = Math.min(step, rows - row);
          const piece = shape.length === 0 ? null : { row, count, shape };
          output.set(library.readPiece(opened, path, piece, byteLength, count * rowBytes), row * rowBytes);
        }
      } finally {
        opened.close();
      }
    });
  } finally {
    library.removeFile(name);
  }
  return output;
}
