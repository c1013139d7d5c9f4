import { isNode } from '../environment.js';

/** Computes a hash of bytes that come in pieces. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** The hash in lower-case hexadecimal digits. Nothing may be added afterwards. */
  digest(): string;
}

/** A hasher for a published hash: MD5 if it has 32 digits, SHA-256 if it has 64. */
export function hasherFor(hash: string): Promise<Hasher> {
  return hasher(hash.length === 32 ? 'md5' : 'sha256');
}

export async function hasher(algorithm: 'md5' | 'sha256'): Promise<Hasher> {
  if (isNode()) {
    const { createHash } = await import('node:crypto');
    const hash = createHash(algorithm);
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
  }
  // Pages have no MD5 of their own, and no SHA-256 of pieces.
  const { create } =
    algorithm === 'md5' ? (await import('@noble/hashes/legacy')).md5 : (await import('@noble/hashes/sha2')).sha256;
  const hash = create();
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}
