import { DownloadError } from '../../io/index.js';
import type { Model, ReadOptions } from '../../layers/index.js';
import type { Application, ApplicationMetadata, ApplicationOptions, Settings } from './application.js';
import { imagenetClasses } from './classIndex.js';
import { rangeOf } from './preprocessing.js';

/** What a model that an application made says of itself. @param head the first layer with weights of its top, if it has one */
export function describeModel(
  { name, preprocessing, bare, groups }: Application,
  settings: Settings & { readonly includePreprocessing?: boolean },
  { classes }: ApplicationOptions,
  head: string | null,
): ApplicationMetadata {
  const mode = settings.includePreprocessing === false ? bare : preprocessing;
  return {
    application: name,
    groups: head === null ? [...groups] : [...groups, head],
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
