import type { ModelSplit } from '../trainable.js';

/** How far the features of frozen layers have come, which are computed once for each sample and kept. */
export interface FeatureProgress {
  /** Whose features. */
  readonly data: 'training' | 'validation';
  /** Features that are kept by now, and how many will be: as many as samples, if there is room for all. */
  readonly done: number;
  readonly total: number;
  /** What is kept, and where, in words. */
  readonly announcement: string;
}

/** What a training does when more features are kept. */
export type FeatureWatcher = (progress: FeatureProgress) => Promise<void>;

/** What is kept of a data set. */
export interface Kept {
  readonly samples: number;
  readonly views: number | null;
  /** Bytes of all samples, and how many of them stay in memory. */
  readonly total: number;
  readonly memoryBytes: number;
  readonly onDisk: boolean;
}

/** `Features of 'global_average_pooling2d' are kept for 1000 training samples: 4.9 MB in memory.` */
export function announcement({ featureNames }: ModelSplit, training: boolean, kept: Kept): string {
  const names = featureNames.map((name) => `'${name}'`);
  const shown = names.length > 3 ? `${names.length} layers` : names.join(', ');
  const samples = `${kept.samples} ${training ? 'training' : 'validation'} samples`;
  const views = kept.views === null ? '' : ` in ${kept.views} views`;
  const rest = kept.total - kept.memoryBytes;
  const places = [
    ...(kept.memoryBytes > 0 ? [`${megabytes(kept.memoryBytes)} in memory`] : []),
    ...(rest > 0 ? [`${megabytes(rest)} ${kept.onDisk ? 'on disk' : 'computed anew each time'}`] : []),
  ];
  return `Features of ${shown} are kept for ${samples}${views}: ${places.join(', ')}.`;
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
