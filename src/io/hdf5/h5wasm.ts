import type { File } from 'h5wasm';

/** The HDF5 library, compiled to WebAssembly, with files in memory only. */
export interface H5wasm {
  readonly File: typeof File;
  /** Runs `work` so that what the library refuses is thrown; by itself it only prints. */
  strictly<T>(work: () => T): T;
  readFile(name: string): Uint8Array<ArrayBuffer>;
  writeFile(name: string, bytes: Uint8Array): void;
  removeFile(name: string): void;
}

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
    writeFile: (name, bytes) => module.FS.writeFile(name, bytes),
    removeFile: (name) => module.FS.unlink(name),
  };
}

let count = 0;

/** A name that no other file of this library has: a file that failed stays open, and keeps its own. */
export function freshName(): string {
  return `/mapache-${count++}.h5`;
}
