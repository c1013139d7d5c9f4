import { checkNumberOption, type Size2d } from '../../tensor/index.js';
import type { ClassWeight } from '../../training/index.js';
import { chooseDecoder, type DecoderChoice } from './decoders/chooseDecoder.js';
import { ClassFolderError } from './folder/classFolderError.js';
import type { ClassLayout, LabelledFile } from './folder/classLayout.js';
import type { SkippedFile } from './folder/sourceFile.js';
import { stratifiedSplit } from './folder/stratifiedSplit.js';
import { ImageDataset } from './imageDataset.js';
import { ImageDecodeError } from './imageDecodeError.js';
import { ImageStore } from './imageStore.js';
import { checkSize } from './readImages.js';

const defaultMemory = 2 ** 29;

/** How pictures with classes are read. */
export interface LabelledImagesOptions {
  /** Height and width that every picture is brought to. */
  readonly size: Size2d;
  /**
   * Fraction of every class to set aside for validation; at least 0 and below 1. Every class gives at least one picture
   * and keeps at least one. @defaultValue `0`, for none
   */
  readonly validationSplit?: number | undefined;
  /** Fixes which pictures validate. @defaultValue `0` */
  readonly seed?: number | undefined;
  /** The classes in the order of their labels, also those that have no pictures. @defaultValue those there are, by name */
  readonly classNames?: readonly string[] | undefined;
  /**
   * Bytes that pictures may take. As many as fit are kept once they are decoded, the others are decoded again in every
   * pass. @defaultValue `2 ** 29`, half a gigabyte
   */
  readonly memory?: number | undefined;
  /** What decodes pictures. @defaultValue `'auto'` */
  readonly decoder?: DecoderChoice | undefined;
  /** Is told how many of all files have been looked into. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops between two pictures. */
  readonly signal?: AbortSignal | undefined;
}

/** Pictures with classes, to train with. */
export interface LabelledImages {
  readonly train: ImageDataset;
  /** `null` if nothing was set aside. */
  readonly validation: ImageDataset | null;
  readonly classNames: readonly string[];
  /** Files that are no pictures, or broken ones. */
  readonly skipped: readonly SkippedFile[];
  /** Weights that make all classes count the same in training, for `fit`'s `classWeight`: `n / (classes * n_class)`. */
  readonly classWeights: ClassWeight;
}

/** @throws {ArgumentError} if an option is outside its range. */
export function checkImageOptions(
  operation: string,
  { size, validationSplit, seed, memory }: LabelledImagesOptions,
): void {
  checkSize(operation, size);
  checkNumberOption(operation, 'validationSplit', validationSplit ?? 0, { min: 0, below: 1 });
  checkNumberOption(operation, 'seed', seed ?? 0, { integer: true });
  checkNumberOption(operation, 'memory', memory ?? defaultMemory, { min: 0 });
}

/**
 * Looks into every file once, so that it is known before training which ones are broken and how many there are.
 * @throws {ClassFolderError} if a class is left without pictures, or cannot be split.
 */
export async function openLabelledImages(
  operation: string,
  { classNames, training, validation, skipped: before }: ClassLayout,
  options: LabelledImagesOptions,
): Promise<LabelledImages> {
  const { size, memory = defaultMemory, validationSplit = 0, seed = 0 } = options;
  const decoder = await chooseDecoder(operation, options.decoder);
  const store = new ImageStore({ size, decoder, memory });
  const reasons = await openAll(store, [...training, ...(validation ?? [])], options);
  const skipped = [...before, ...[...reasons].map(([{ file }, reason]) => ({ file: file.path, reason }))];
  const datasetOf = (files: readonly LabelledFile[]): Promise<ImageDataset> =>
    ImageDataset.from({
      store,
      sources: files.map(({ file }) => file),
      labels: Int32Array.from(files, ({ label }) => label),
      classNames,
    });
  const usable = training.filter((file) => !reasons.has(file));
  if (options.classNames === undefined) checkClassSizes(operation, classNames, training, usable, reasons);
  const all = await datasetOf(usable);
  const split =
    validation === null && validationSplit > 0
      ? stratifiedSplit(operation, all.labels, classNames, validationSplit, seed)
      : null;
  const train = split === null ? all : await all.select(split.training);
  const given = validation === null ? null : await datasetOf(validation.filter((file) => !reasons.has(file)));
  return {
    train,
    validation: split === null ? given : await all.select(split.validation),
    classNames,
    skipped,
    classWeights: balancedWeights(train.labels, classNames.length),
  };
}

/** Decodes all files, several at a time, and returns why some could not be. */
async function openAll(
  store: ImageStore,
  files: readonly LabelledFile[],
  { signal, onProgress }: LabelledImagesOptions,
): Promise<ReadonlyMap<LabelledFile, string>> {
  const failures = new Map<LabelledFile, string>();
  const queue = files.values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const labelled of queue) {
      signal?.throwIfAborted();
      try {
        await store.open(labelled.file);
      } catch (error) {
        if (!(error instanceof ImageDecodeError)) throw error;
        failures.set(labelled, error.received);
      }
      onProgress?.(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: store.parallel }, work));
  const inOrder = files.filter((file) => failures.has(file));
  return new Map(inOrder.map((file) => [file, failures.get(file) as string]));
}

function checkClassSizes(
  operation: string,
  classNames: readonly string[],
  all: readonly LabelledFile[],
  usable: readonly LabelledFile[],
  reasons: ReadonlyMap<LabelledFile, string>,
): void {
  for (const [label, name] of classNames.entries()) {
    if (usable.some((file) => file.label === label)) continue;
    const files = all.filter((file) => file.label === label);
    const [first] = files;
    const received =
      first === undefined
        ? 'an empty folder'
        : `${files.length} files that are left out, '${first.file.path}' for one: ${reasons.get(first)}`;
    throw new ClassFolderError(operation, 'empty class', name, {
      expected: `at least one picture of class '${name}'`,
      received,
    });
  }
}

function balancedWeights(labels: Int32Array, classes: number): ClassWeight {
  const counts = Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return Object.fromEntries(
    counts.flatMap((count, label) => (count === 0 ? [] : [[label, labels.length / (classes * count)]])),
  );
}
