import { type Attribute, readAttributes, textsOf } from './attributes.js';
import { Hdf5Bytes } from './hdf5Bytes.js';
import { Hdf5Dataset } from './hdf5Dataset.js';
import { readLinks } from './links.js';
import { findMessage, type Message, messageType, readHeader } from './objectHeader.js';
import { rootAddress } from './superblock.js';

export { Hdf5Dataset } from './hdf5Dataset.js';

/** A group: members by name, and attributes. */
export class Hdf5Group {
  readonly #file: Hdf5Bytes;
  readonly #links: ReadonlyMap<string, number>;
  readonly #attributes: ReadonlyMap<string, Attribute>;
  readonly #members = new Map<string, Hdf5Group | Hdf5Dataset>();

  constructor(file: Hdf5Bytes, messages: readonly Message[]) {
    this.#file = file;
    this.#links = readLinks(file, messages);
    this.#attributes = readAttributes(file, messages);
  }

  get names(): readonly string[] {
    return [...this.#links.keys()];
  }

  /**
   * A member, or `undefined`. The name may be a path, `vars/0`.
   * @throws {ModelFormatError} if the member cannot be read.
   */
  get(path: string): Hdf5Group | Hdf5Dataset | undefined {
    let found: Hdf5Group | Hdf5Dataset | undefined = this;
    for (const name of path.split('/')) found = found instanceof Hdf5Group ? found.#member(name) : undefined;
    return found;
  }

  #member(name: string): Hdf5Group | Hdf5Dataset | undefined {
    const known = this.#members.get(name);
    if (known !== undefined) return known;
    const at = this.#links.get(name);
    if (at === undefined) return undefined;
    const messages = readHeader(this.#file, at);
    const isDataset = findMessage(messages, messageType.dataspace) !== undefined;
    const member = isDataset
      ? new Hdf5Dataset(this.#file, messages, readAttributes(this.#file, messages))
      : new Hdf5Group(this.#file, messages);
    this.#members.set(name, member);
    return member;
  }

  /** A member that is a group, or `undefined`. */
  group(path: string): Hdf5Group | undefined {
    const found = this.get(path);
    return found instanceof Hdf5Group ? found : undefined;
  }

  /** A member that is an array, or `undefined`. */
  dataset(path: string): Hdf5Dataset | undefined {
    const found = this.get(path);
    return found instanceof Hdf5Group ? undefined : found;
  }

  has(name: string): boolean {
    return this.#links.has(name);
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  /** The texts of an attribute; `null` if there is none of that name, or it holds no texts. */
  texts(name: string): readonly string[] | null {
    const attribute = this.#attributes.get(name);
    return attribute === undefined ? null : textsOf(this.#file, attribute);
  }
}

/**
 * The root group of an HDF5 file, of which only what is asked for is read.
 *
 * Reads what h5py writes by default and what old Keras wrote: symbol tables and compact groups, contiguous, compact and
 * chunked arrays, deflate and shuffle, fixed and variable texts. What else HDF5 can do is refused by name.
 * @throws {ModelFormatError} if it is none, is damaged, or uses what is not supported.
 */
export function openHdf5(name: string, bytes: Uint8Array): Hdf5Group {
  const file = new Hdf5Bytes(name, bytes);
  return new Hdf5Group(file, readHeader(file, rootAddress(file)));
}
