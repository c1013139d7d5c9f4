import { unzipSync } from 'fflate';
import { interruptible, patienceFor } from '../untrusted/interruptible.js';
import { ReadRefusal } from '../untrusted/readRefusal.js';

const maxEntries = 200_000;
/** Pictures hardly compress. What claims to be more than this is a bomb, unless it is small anyway. */
const maxRatio = 4;
const small = 2 ** 22;

/**
 * Those members of a zip archive that are wanted, unpacked.
 * @throws {ReadRefusal} if what the archive says about sizes cannot be honest.
 * @throws whatever the library throws, if it is damaged.
 */
export function unpackZip(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const limit = Math.max(small, maxRatio * bytes.length);
  let total = 0;
  let count = 0;
  const filter = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }): boolean => {
    total += originalSize;
    if (++count > maxEntries) throw new ReadRefusal(`at most ${maxEntries} members`, 'more');
    if (!(total <= limit)) throw new ReadRefusal(`at most ${limit} bytes once they are unpacked`, `${total}`);
    return isWanted(name);
  };
  return interruptible(patienceFor(bytes.length), () => new Map(Object.entries(unzipSync(bytes, { filter }))));
}
