import type { TrainingFiles } from '../../training/index.js';

/** A place for files. */
export interface FileStorage extends Pick<TrainingFiles, 'size' | 'append' | 'cut' | 'remove'> {
  /** The bytes of a file; `null` if there is none. */
  read(path: string): Promise<Uint8Array | null>;
  /** Replaces a file at one instant, when everything is on the disk. */
  replace(path: string, bytes: Uint8Array): Promise<void>;
}
