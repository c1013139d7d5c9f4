import { ArgumentError, type Tensor } from '../../tensor/index.js';

/** Tensors by name and a text that belongs to them. */
export interface Package {
  readonly text: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/**
 * Where callbacks keep what they write: the file system (Node), or the private files of a page's origin. Folders are made
 * as they are needed.
 */
export interface TrainingFiles {
  /** Size of a file in bytes; `null` if there is none. */
  size(path: string): Promise<number | null>;
  /** Writes a file in place of an older one, at one instant, when everything is on the disk. */
  replace(path: string, bytes: Uint8Array): Promise<void>;
  /** Adds bytes at the end of a file, which is made if there is none. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Cuts a file, or makes an empty one. */
  cut(path: string, size: number): Promise<void>;
  /** Writes a package in place of an older one, at one instant, when everything is on the disk. */
  writePackage(path: string, content: Package): Promise<void>;
  /**
   * @returns `null` if there is no such file.
   * @throws if the file is not whole, bit by bit, or something else.
   */
  readPackage(path: string): Promise<Package | null>;
  /** Removes a file or a folder with all that is in it, if there is one. */
  remove(path: string): Promise<void>;
}

let installed: TrainingFiles | null = null;

/** Called by `io`, which training must not know. */
export function installTrainingFiles(files: TrainingFiles): void {
  installed = files;
}

/** @throws {ArgumentError} if nothing is installed. */
export function trainingFiles(operation: string): TrainingFiles {
  if (installed !== null) return installed;
  throw new ArgumentError({
    operation,
    expected: 'something that writes files to be installed',
    received: 'nothing',
    remedy: "Import from 'mapache', or 'mapache/io' beside 'mapache/training'.",
  });
}
