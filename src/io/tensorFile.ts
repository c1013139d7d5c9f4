import type { ModelSource, ReadOptions, SaveDestination, SaveResult } from '../layers/index.js';
import type { Tensor, Variable } from '../tensor/index.js';
import { deliverFile } from './deliverFile.js';
import { hasher } from './download/hash.js';

/** Named tensors out of a file, and the texts that stand with them. */
export interface TensorFile {
  /** Name of the file, for messages. */
  readonly name: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Writes variables under names of your own, and texts, as a `.safetensors` file. */
export async function writeTensors(
  variables: ReadonlyMap<string, Variable>,
  metadata: Readonly<Record<string, string>>,
  destination: SaveDestination,
): Promise<SaveResult> {
  const arrays = [...variables].map(([name, { shape, dtype, storage }]) => ({
    name,
    shape,
    dtype,
    read: () => storage.host(),
  }));
  const { packSafetensors } = await import('./formats/writing/safetensorsFile.js');
  return deliverFile('tensors.safetensors', await packSafetensors(arrays, metadata), destination);
}

/** Reads all of a file of weights. @throws {ModelFormatError} if it is missing, damaged or of another format. */
export async function readTensors(source: ModelSource, options: ReadOptions = {}): Promise<TensorFile> {
  const [{ openFiles }, { openSavedFile }] = await Promise.all([
    import('./files/openFiles.js'),
    import('./formats/openSavedFile.js'),
  ]);
  const saved = await openSavedFile(await openFiles(source, options.fetch ?? fetch), options);
  const read = await saved.read(new Set(saved.weights), options);
  const tensors = new Map([...read].map(([{ name }, tensor]) => [name, tensor]));
  return { name: saved.name, tensors, metadata: saved.metadata };
}

/** A number made of what variables hold, in their order: SHA-256 in hexadecimal digits. */
export async function hashOf(variables: readonly Variable[]): Promise<string> {
  const { update, digest } = await hasher('sha256');
  for (const { shape, dtype, storage } of variables) {
    update(new TextEncoder().encode(`${dtype}[${shape}]`));
    const { buffer, byteOffset, byteLength } = await storage.host();
    update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }
  return digest();
}
