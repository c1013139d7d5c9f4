import { type UnzipFileInfo, unzipSync } from 'fflate';
import { interruptible, patienceFor } from '../untrusted/interruptible.js';
import { formatError, ReadRefusal } from '../untrusted/readRefusal.js';

/** A member of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes once it is unpacked, as the archive says. */
  readonly size: number;
  /** A copy of the bytes. @throws {ModelFormatError} if they are damaged, or others than the archive says. */
  read(): Promise<Uint8Array>;
}

const maxEntries = 10_000;
/** Weights hardly compress. What claims to be more than this is a bomb, unless it is small anyway. */
const maxRatio = 4;
const small = 2 ** 22;

/**
 * The members of a zip archive, by name. Nothing is unpacked before it is read.
 * @throws {ModelFormatError} if the archive is damaged, or what it says about sizes cannot be honest.
 */
export async function readZip(file: string, bytes: Uint8Array): Promise<ReadonlyMap<string, ZipEntry>> {
  const limit = Math.max(small, maxRatio * bytes.length);
  const unpack = async (filter: (entry: UnzipFileInfo) => boolean): Promise<Record<string, Uint8Array>> => {
    try {
      return await interruptible(patienceFor(bytes.length), () => unzipSync(bytes, { filter }));
    } catch (error) {
      throw formatError(file, 'a zip archive', error);
    }
  };
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  await unpack(({ name, originalSize }) => {
    total += originalSize;
    if (entries.has(name)) throw new ReadRefusal('members with names of their own', `two called '${name}'`);
    if (entries.size === maxEntries) throw new ReadRefusal(`at most ${maxEntries} members`, 'more');
    if (!(total <= limit)) throw new ReadRefusal(`at most ${limit} bytes once they are unpacked`, `${total}`);
    const read = async (): Promise<Uint8Array> => {
      const { [name]: content } = await unpack((entry) => entry.name === name);
      if (content?.length === originalSize) return content;
      throw formatError(file, '', new ReadRefusal(`${originalSize} bytes of '${name}'`, `${content?.length ?? 0}`));
    };
    entries.set(name, { name, size: originalSize, read });
    return false;
  });
  return entries;
}
