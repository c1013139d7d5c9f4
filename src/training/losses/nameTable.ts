import { lookupKey } from '../../tensor/index.js';

/** Makers of objects, found by any of the names people use for their classes. */
export class NameTable<Make> {
  readonly #byKey = new Map<string, Make>();
  readonly classNames: readonly string[];

  /** @param entries Keras's name of each class, its maker, and short names for it. */
  constructor(entries: readonly (readonly [className: string, make: Make, ...shortNames: readonly string[]])[]) {
    this.classNames = entries.map(([className]) => className);
    for (const [className, make, ...shortNames] of entries) {
      for (const name of [className, ...shortNames]) this.#byKey.set(lookupKey(name), make);
    }
  }

  /** What goes by `name`, in snake case, in camel case, or as a class: `mean_squared_error`, `MSE`. */
  find(name: string): Make | undefined {
    return this.#byKey.get(lookupKey(name));
  }
}
