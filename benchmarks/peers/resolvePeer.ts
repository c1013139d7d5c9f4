import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package that is there. */
export interface Peer {
  readonly version: string;
  /** Where it is. */
  readonly folder: string;
  /** What the package exports. The caller knows its shape. */
  readonly exports: unknown;
}

/**
 * Loads a package that is no dependency of the project, from the folder `MAPACHE_PEERS` names or from this one.
 * @returns `null`, after printing why, if it is not there.
 */
export function resolvePeer(name: string): Peer | null {
  const folder = process.env.MAPACHE_PEERS ?? fileURLToPath(new URL('.', import.meta.url));
  const require = createRequire(join(folder, 'package.json'));
  try {
    // Not every package lets its package.json be required.
    const description = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
    const { version } = JSON.parse(description) as { readonly version: string };
    return { version, folder: join(folder, 'node_modules', name), exports: require(name) as unknown };
  } catch (error) {
    const [reason] = String(error).split('\n');
    console.log(`Left out: ${name}. ${reason}. See benchmarks/peers/README.md.`);
    return null;
  }
}
