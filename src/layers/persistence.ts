import type { Shape } from '../tensor/index.js';
import type { SaveHandler } from '../training/index.js';

export type { SaveHandler };

/** What a file may hold: text, bytes, or JSON that is parsed already. */
export type FileContent = string | Uint8Array | ArrayBuffer | Blob | object;

/**
 * Where a model is read from: a file or a folder (Node), a URL, one file in memory, files in memory by name, or files a
 * user has picked in a browser.
 */
export type ModelSource =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | Uint8Array
  | Readonly<Record<string, FileContent>>
  | ReadonlyMap<string, FileContent>
  | readonly File[]
  | FileList;

/** How far loading has come. */
export interface LoadProgress {
  /** Bytes of weights read so far. */
  readonly loaded: number;
  /** Bytes of weights there are. */
  readonly total: number;
  /** The file that was just read from. */
  readonly file: string;
}

/** What reading files takes. */
export interface ReadOptions {
  /** Called whenever bytes of weights have come. */
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Stops reading; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Most bytes of weights to accept. @defaultValue 4 GiB */
  readonly maxBytes?: number | undefined;
  /** What fetches URLs, for headers of your own. @defaultValue the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
}

/** Options of `loadWeights`. */
export interface LoadWeightsOptions extends ReadOptions {
  /** Refuse a file in which weights are missing or left over. @defaultValue `true`, but `false` with `byName` */
  readonly strict?: boolean | undefined;
  /**
   * `true`: go by names only, and take what both sides have. `false`: go by order, whatever the names are.
   * @defaultValue by names, and by order where names cannot tell: if none is known, or several weights share one
   */
  readonly byName?: boolean | undefined;
  /** Leave out weights of another shape instead of refusing the file. @defaultValue `false` */
  readonly skipMismatch?: boolean | undefined;
}

/** A weight of the model. */
export interface ModelWeight {
  /** Where it stands in the model, as in `base/conv1/kernel`. */
  readonly path: string;
  readonly shape: Shape;
}

/** A weight of a file. */
export interface FileWeight {
  readonly name: string;
  readonly shape: Shape;
}

/** How the weights of a file and of a model go together. */
export interface WeightReport {
  /** Weights that were taken, or would have been. */
  readonly matched: readonly (ModelWeight & { readonly name: string })[];
  /** Weights of the model that the file lacks. */
  readonly missing: readonly ModelWeight[];
  /** Weights of the file that the model lacks. */
  readonly unexpected: readonly FileWeight[];
  /** Weights that differ in shape. */
  readonly mismatched: readonly {
    readonly path: string;
    readonly name: string;
    readonly expected: Shape;
    readonly received: Shape;
  }[];
}

/** Where a model is written: a folder (Node), `'memory'` for the files themselves, or an object that takes them. */
export type SaveDestination = string | SaveHandler;

/** Options of `save`. */
export interface SaveOptions {
  /**
   * `'keras'`: one file that Keras 3 reads. `'layers-model'`: a `model.json` and files of weights.
   * @defaultValue `'keras'` for names that end in `.keras`, otherwise `'layers-model'`
   */
  readonly format?: 'keras' | 'layers-model' | undefined;
  /** Leave out how the model is compiled and what its optimizer remembers. @defaultValue `true` */
  readonly includeOptimizer?: boolean | undefined;
  /**
   * Store float32 weights in fewer bits, in a layers-model: `'float16'`, or steps between the least and the largest number
   * of each weight. @defaultValue all bits
   */
  readonly quantization?: 'uint8' | 'uint16' | 'float16' | undefined;
  /** Most bytes in one file of weights. @defaultValue 4 MiB */
  readonly shardSize?: number | undefined;
}

/** Options of `saveWeights`. */
export interface SaveWeightsOptions {
  /** @defaultValue what the name ends in; without a name `'weights.h5'` */
  readonly format?: 'weights.h5' | 'safetensors' | undefined;
}

/** What was saved. */
export interface SaveResult {
  /** Size in bytes of each file, by name. */
  readonly sizes: Readonly<Record<string, number>>;
  /** The files themselves, for `'memory'`; otherwise empty. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}
