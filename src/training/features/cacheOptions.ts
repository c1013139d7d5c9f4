import { checkChoiceOption, checkNumberOption } from '../../tensor/index.js';

/** Where features are kept; `false` for nowhere. */
export type CacheMode = 'auto' | 'memory' | 'disk' | false;

/** How features of frozen layers are kept. */
export interface CacheOptions {
  /** `'float16'` takes half the room and rounds features to 11 significant bits. @defaultValue `'float32'` */
  readonly dtype?: 'float32' | 'float16';
  /** Bytes of memory for the features of one `fit`, validation data included; at least 0. @defaultValue `2 ** 29` */
  readonly maxBytes?: number;
  /**
   * Where features on disk stay for later programs (Node; a name in a page). They are found again if weights, layers, data
   * and backend are the same. @defaultValue a temporary folder, which goes when the program ends
   */
  readonly folder?: string | undefined;
  /**
   * Different views of each sample to keep, of data that are augmented: epoch `e` gets view `e % views`. At least 1.
   * @defaultValue data that are augmented are not kept
   */
  readonly views?: number | undefined;
}

/** Options, complete and checked. */
export interface CheckedCacheOptions {
  readonly mode: CacheMode;
  readonly dtype: 'float32' | 'float16';
  readonly maxBytes: number;
  readonly folder: string | null;
  readonly views: number | null;
}

/** @throws {ArgumentError} if an option is outside its range. */
export function checkCacheOptions(mode: CacheMode = 'auto', options: CacheOptions = {}): CheckedCacheOptions {
  const { dtype = 'float32', maxBytes = 2 ** 29, folder = null, views = null } = options;
  if (mode !== false) checkChoiceOption('fit', 'cache', mode, ['auto', 'memory', 'disk']);
  checkChoiceOption('fit', 'cacheOptions.dtype', dtype, ['float32', 'float16']);
  checkNumberOption('fit', 'cacheOptions.maxBytes', maxBytes, { min: 0 });
  if (views !== null) checkNumberOption('fit', 'cacheOptions.views', views, { min: 1, integer: true });
  return { mode, dtype, maxBytes, folder, views };
}
