import type { Tensor } from '../../tensor/index.js';
import type { ModelFiles } from '../files/modelFiles.js';
import { decodeWeight } from '../keras/decodeWeight.js';
import { byteLengthOf, totalBytes, type WeightEntry, type WeightGroup } from '../keras/manifest.js';
import { ModelFormatError } from '../modelFormatError.js';
import { ByteCursor } from '../weights/byteCursor.js';
import type { WeightReading } from './savedFile.js';

/** Groups read at a time: enough to hide a network's delays. */
const parallel = 6;

/**
 * The numbers of all weights.
 * @param wanted which weights to decode; the others are read past.
 * @throws {ModelFormatError} if a file is missing or does not have the announced number of bytes.
 */
export async function readGroups(
  files: ModelFiles,
  groups: readonly WeightGroup[],
  wanted: (entry: WeightEntry) => boolean,
  { onProgress, signal }: WeightReading,
): Promise<ReadonlyMap<WeightEntry, Tensor>> {
  const tensors = new Map<WeightEntry, Tensor>();
  const total = totalBytes(groups);
  let loaded = 0;
  const progress = (file: string, count: number): void => {
    loaded += count;
    onProgress?.({ loaded, total, file });
  };
  const waiting = [...groups];
  const work = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      try {
        const cursor = new ByteCursor(await readGroup(files, group, progress, signal));
        for (const entry of group.weights) {
          const bytes = cursor.take(byteLengthOf(entry));
          if (wanted(entry)) tensors.set(entry, decodeWeight(entry, bytes));
        }
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return tensors;
}

async function readGroup(
  files: ModelFiles,
  { paths, byteLength }: WeightGroup,
  progress: (file: string, count: number) => void,
  signal: AbortSignal | undefined,
): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  let left = byteLength;
  for (const path of paths) {
    signal?.throwIfAborted();
    const piece = await files.read(path, { limit: left, signal, onBytes: (count) => progress(path, count) });
    left -= piece.length;
    pieces.push(piece);
  }
  if (left === 0) return pieces;
  throw new ModelFormatError(paths.join(', ') || files.name, {
    expected: `${byteLength} bytes of weights`,
    received: `${byteLength - left}`,
    remedy: 'A file was cut short, or is not the one that was saved with this model.',
  });
}
