import { isNode } from '../environment.js';

/** Computes a hash of bytes that come in pieces. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** The hash in lower-case hexadecimal digits. Nothing may be added afterwards. */
  digest(): string;
}

/** A hasher for a published hash: MD5 if it has 32 digits, SHA-256 if it has 64. */
export async function hasherFor(hash: string): Promise<Hasher> {
  const isMd5 = hash.length === 32;
  if (isNode()) {
    const { createHash } = await import('node:crypto');
    const hasher = createHash(isMd5 ? 'md5' : 'sha256');
    return { update: (bytes) => void hasher.update(bytes), digest: () => hasher.digest('hex') };
  }
  // Pages have no MD5 of their own, and no SHA-256 of pieces.
  const { create } = isMd5 ? (await import('@noble/hashes/legacy')).md5 : (await import('@noble/hashes/sha2')).sha256;
  const hasher = create();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => [...hasher.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}
