import type { ModelSplit } from '../trainable.js';
import type { FeatureBasis, FeatureSettings } from './featureSet.js';

/** Changes when records come to mean something else. */
const version = 1;

/**
 * A name for features that outlive the program: it differs if the weights, the layers, the data, the backend or the way
 * features are computed and written do.
 */
export async function featureKey(
  identity: string,
  { dtype, training, chunk, views }: FeatureSettings,
  { bottom: { split }, backend, draw }: FeatureBasis,
): Promise<string> {
  const weights = await weightsDigest(split);
  const facts = { version, identity, dtype, training, chunk, views, backend, draw, weights, bottom: split.describe() };
  return digest([new TextEncoder().encode(JSON.stringify(facts))]);
}

async function weightsDigest({ weights }: ModelSplit): Promise<string> {
  const arrays = await Promise.all(weights.map(({ storage }) => storage.host()));
  return digest(arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)));
}

async function digest(pieces: readonly Uint8Array[]): Promise<string> {
  const { sha256 } = await import('@noble/hashes/sha2');
  const hash = sha256.create();
  for (const bytes of pieces) hash.update(bytes);
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
