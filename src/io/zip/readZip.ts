import { ModelFormatError } from '../modelFormatError.js';
import { inflateInto } from './inflate.js';

/** A member of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes once it is unpacked, as the archive says. */
  readonly size: number;
  /** The bytes: a view of the archive if they are stored as they are, a new array if they are compressed. */
  read(): Uint8Array;
}

const endSize = 22;
const maxComment = 0xffff;
const maxEntries = 10_000;
/** Honest files compress a little; what claims more than this is a bomb, unless it is small anyway. */
const maxRatio = 100;
const small = 2 ** 20;

/**
 * The members of a zip archive, by name. Nothing is unpacked before it is read.
 * @throws {ModelFormatError} if the archive is damaged, or what it says about sizes cannot be honest.
 */
export function readZip(file: string, bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (expected: string, received: string): ModelFormatError =>
    new ModelFormatError(file, { expected, received, remedy: 'The file was cut short, or is damaged; get it again.' });
  const end = findEnd(view);
  if (end === null) throw fail('a zip archive', 'one without an end');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffff_ffff) throw fail('an archive of less than 4 GiB', 'one in the 64-bit format');
  if (count > maxEntries) throw fail(`at most ${maxEntries} members`, `${count}`);

  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw fail(`${count} members`, `${i}`);
    const [method, stored, size] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 24, true),
    ];
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const flags = view.getUint16(at + 8, true);
    const place = view.getUint32(at + 42, true);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (entries.has(name)) throw fail('members with names of their own', `two called '${name}'`);
    if (place + 30 > bytes.length) throw fail(`'${name}' inside the file`, `one at byte ${place}`);
    const begin = place + 30 + view.getUint16(place + 26, true) + view.getUint16(place + 28, true);
    const packed = bytes.subarray(begin, begin + stored);
    if (packed.length < stored) throw fail(`${stored} bytes of '${name}'`, `${packed.length}`);
    total += size;
    if (size > Math.max(small, maxRatio * stored) || total > Math.max(small, maxRatio * bytes.length)) {
      throw fail(`members that are at most ${maxRatio} times as large unpacked`, `${size} bytes for '${name}'`);
    }
    const read = (): Uint8Array => {
      if (flags & 1) throw fail(`'${name}' without a password`, 'an encrypted one');
      if (method !== 0 && method !== 8) throw fail(`'${name}' to be stored or deflated`, `method ${method}`);
      const content = method === 0 ? packed : inflateInto(packed, size, 'raw', fail);
      if (content.length !== size) throw fail(`${size} bytes of '${name}'`, `${content.length}`);
      return content;
    };
    entries.set(name, { name, size, read });
  }
  return entries;
}

/** Where the record that ends an archive begins: behind it only a comment may follow. */
function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - endSize - maxComment);
  for (let at = view.byteLength - endSize; at >= first; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return null;
}
