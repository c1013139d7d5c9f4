import { DownloadError } from '../../io/index.js';
import type { Model, ReadOptions } from '../../layers/index.js';
import type { Application, ApplicationMetadata, ApplicationOptions, Settings } from './application.js';
import { imagenetClasses } from './classIndex.js';
import { rangeOf } from './preprocessing.js';

/** What a model that an application made says of itself. */
export function describeModel(
  { name, preprocessing, bare }: Application,
  settings: Settings & { readonly includePreprocessing?: boolean },
  { classes }: ApplicationOptions,
): ApplicationMetadata {
  const mode = settings.includePreprocessing === false ? bare : preprocessing;
  return {
    application: name,
    ...(mode !== null && { preprocessing: mode, inputRange: rangeOf(mode) }),
    ...(settings.includeTop && typeof classes === 'object' && { classNames: [...classes] }),
  };
}

/** Adds the names of ImageNet's classes to a model that was trained on them; without, where they cannot be had. */
export async function nameClasses(model: Model, options: ReadOptions): Promise<void> {
  try {
    const classes = await imagenetClasses(options);
    model.metadata.classNames = classes.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
  }
}
