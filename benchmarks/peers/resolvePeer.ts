import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package that is there. */
export interface FoundPeer {
  readonly version: string;
  /** Where it is. */
  readonly folder: string;
}

export interface Peer extends FoundPeer {
  /** What the package exports. The caller knows its shape. */
  readonly exports: unknown;
}

/** Where peers are installed: what `MAPACHE_PEERS` names, or this folder. */
export const peersFolder = process.env.MAPACHE_PEERS ?? fileURLToPath(new URL('.', import.meta.url));

/** Finds a package that is no dependency of the project. @returns `null`, after printing why, if it is not there. */
export function findPeer(name: string): FoundPeer | null {
  return orPrint(name, () => {
    const folder = join(peersFolder, 'node_modules', name);
    // Not every package lets its package.json be required.
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
    return { version, folder };
  });
}

/** Loads such a package. @returns `null`, after printing why, if it is not there. */
export function resolvePeer(name: string): Peer | null {
  const found = findPeer(name);
  const require = createRequire(join(peersFolder, 'package.json'));
  return found && orPrint(name, () => ({ ...found, exports: require(name) as unknown }));
}

function orPrint<T>(name: string, find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    const [reason] = String(error).split('\n');
    console.log(`Left out: ${name}. ${reason}. See benchmarks/peers/README.md.`);
    return null;
  }
}
