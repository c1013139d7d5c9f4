/** Where downloaded files are kept: a folder, or a page's cache. */
export interface FileStore {
  /** The file, as `loadModel` and `loadWeights` take it, if it is there and `accept` takes its bytes. */
  find(accept: (chunks: AsyncIterable<Uint8Array>) => Promise<boolean>): Promise<StoredFile | null>;
  /** Keeps the bytes under the file's name. It is there as a whole, or, if something fails, as it was before. */
  keep(chunks: AsyncIterable<Uint8Array>): Promise<StoredFile>;
}

/** A path in Node, a `File` in a page. */
export type StoredFile = string | File;
