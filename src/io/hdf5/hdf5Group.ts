import type { Hdf5Dataset } from './hdf5Dataset.js';
import type { Texts } from './texts.js';

/** A group: members by name, and attributes. */
export class Hdf5Group {
  readonly #members: ReadonlyMap<string, Hdf5Group | Hdf5Dataset>;
  readonly #attributes: Texts;

  constructor(members: ReadonlyMap<string, Hdf5Group | Hdf5Dataset>, attributes: Texts) {
    this.#members = members;
    this.#attributes = attributes;
  }

  get names(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** A member, or `undefined`. The name may be a path, `vars/0`. */
  get(path: string): Hdf5Group | Hdf5Dataset | undefined {
    let found: Hdf5Group | Hdf5Dataset | undefined = this;
    for (const name of path.split('/')) found = found instanceof Hdf5Group ? found.#members.get(name) : undefined;
    return found;
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
    return this.#members.has(name);
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  /** The texts of an attribute; `null` if there is none of that name, or it holds no texts. */
  texts(name: string): readonly string[] | null {
    return this.#attributes.get(name) ?? null;
  }
}
