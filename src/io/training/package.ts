import type { Tensor } from '../../tensor/index.js';
import type { TrainingPackage } from '../../training/index.js';
import { hasherFor } from '../download/hash.js';
import { readSafetensors } from '../formats/safetensors.js';
import { packSafetensors } from '../formats/writing/safetensorsFile.js';
import { field } from '../keras/json.js';
import { ModelFormatError } from '../modelFormatError.js';

const noDigest = '0'.repeat(64);
const pattern = /"digest":"([0-9a-f]{64})"/;

/**
 * A `.safetensors` file with a text and a digest among its metadata. The digest is SHA-256 of the whole file, with zeros in
 * the digest's own place. A tensor that has several names is written once.
 */
export async function pack({ text, tensors }: TrainingPackage): Promise<Uint8Array> {
  const first = new Map<Tensor, string>();
  const others: Record<string, string> = {};
  for (const [name, tensor] of tensors) {
    const known = first.get(tensor);
    if (known === undefined) first.set(tensor, name);
    else others[name] = known;
  }
  const arrays = [...first].map(([tensor, name]) => ({
    name,
    shape: tensor.shape,
    dtype: tensor.dtype,
    read: () => tensor.data(),
  }));
  const bytes = await packSafetensors(arrays, { digest: noDigest, others: JSON.stringify(others), text });
  write(bytes, await digestOf(bytes));
  return bytes;
}

/** @throws {ModelFormatError} if a single bit of the file is another one. */
export async function unpack(file: string, bytes: Uint8Array): Promise<TrainingPackage> {
  const found = pattern.exec(beginning(bytes))?.[1];
  const copy = new Uint8Array(bytes);
  if (found !== undefined) write(copy, noDigest);
  if (found === undefined || (await digestOf(copy)) !== found) {
    throw new ModelFormatError(file, {
      expected: 'a backup of a training, whole and unchanged',
      received: found === undefined ? `${bytes.length} bytes of something else` : 'bytes that were changed or lost',
      remedy: 'Remove it; training then begins anew.',
    });
  }
  const { tensors, metadata } = readSafetensors(file, bytes);
  const others = JSON.parse(String(field(metadata, 'others'))) as Readonly<Record<string, string>>;
  const copies = Object.entries(others).map(([name, first]) => [name, tensors.get(first) as Tensor] as const);
  return { text: String(field(metadata, 'text')), tensors: new Map([...tensors, ...copies]) };
}

function write(bytes: Uint8Array, digest: string): void {
  const at = beginning(bytes).search(pattern) + '"digest":"'.length;
  bytes.set(new TextEncoder().encode(digest), at);
}

/** The digest is the first of the metadata, which are the first of the header. */
function beginning(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 256));
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  const hasher = await hasherFor(noDigest);
  hasher.update(bytes);
  return hasher.digest();
}
