import type { File, ready } from 'h5wasm';

type Module = Awaited<typeof ready>;

/** Some rows of an array: from `row`, `count` of them. */
export interface Rows {
  readonly row: number;
  readonly count: number;
  readonly shape: readonly number[];
}

/** The HDF5 library, compiled to WebAssembly, with files in memory only. */
export interface H5wasm {
  readonly File: typeof File;
  /** Runs `work` so that what the library refuses is thrown; by itself it only prints. */
  strictly<T>(work: () => T): T;
  readFile(name: string): Uint8Array<ArrayBuffer>;
  /** The bytes are not copied: they must stay as they are until the file is removed. */
  writeFile(name: string, bytes: Uint8Array): void;
  removeFile(name: string): void;
  /**
   * Little-endian bytes of some rows of an array, or of all of it.
   * @param total bytes that the whole array must have.
   * @throws {Error} if it has others.
   */
  readPiece(file: File, path: string, rows: Rows | null, total: number, byteLength: number): Uint8Array;
}

// An option that the types of the file system have forgotten.
const keepAsIs: { readonly flags?: string; readonly canOwn: boolean } = { canOwn: true };

let loaded: Promise<H5wasm> | undefined;

/** Loads the library when it is needed first. It is large (1 MB compressed), so nothing else may import it. */
export function loadH5wasm(): Promise<H5wasm> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<H5wasm> {
  const library = await import('h5wasm');
  const module = await library.ready;
  return {
    File: library.File,
    strictly: (work) => {
      module.activate_throwing_error_handler();
      try {
        return work();
      } finally {
        module.deactivate_throwing_error_handler();
      }
    },
    readFile: (name) => new Uint8Array(module.FS.readFile(name)),
    writeFile: (name, bytes) => module.FS.writeFile(name, bytes, keepAsIs),
    removeFile: (name) => {
      // A file that failed stays open, and would keep its bytes.
      module.FS.truncate(name, 0);
      module.FS.unlink(name);
    },
    readPiece: (...wanted) => readPiece(module, ...wanted),
  };
}

function readPiece(
  module: Module,
  { file_id }: File,
  path: string,
  rows: Rows | null,
  total: number,
  byteLength: number,
): Uint8Array {
  const { size, total_size, shape } = module.get_dataset_metadata(file_id, path);
  if (size * total_size !== total) throw new Error(`an array of shape [${shape}], ${size} bytes each`);
  const place = module._malloc(byteLength);
  if (place === 0) throw new Error(`no memory for ${byteLength} bytes`);
  try {
    const [count, offset, stride] = selection(rows);
    module.get_dataset_data(file_id, path, count, offset, stride, BigInt(place));
    return module.HEAPU8.slice(place, place + byteLength);
  } finally {
    module._free(place);
  }
}

/** How the library selects rows: sizes, offsets and steps along all axes; nothing for everything. */
function selection(rows: Rows | null): readonly [bigint[] | null, bigint[] | null, bigint[] | null] {
  if (rows === null) return [null, null, null];
  const { row, count, shape } = rows;
  return [
    shape.map((size, axis) => BigInt(axis === 0 ? count : size)),
    shape.map((_, axis) => BigInt(axis === 0 ? row : 0)),
    shape.map(() => 1n),
  ];
}

let count = 0;

/** A name that no other file of this library has: a file that failed stays open, and keeps its own. */
export function freshName(): string {
  return `/mapache-${count++}.h5`;
}
