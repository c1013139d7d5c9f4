import { SharedMemory } from './buffer.js';
import type { Device } from './device/device.js';
import type { Operand } from './source/kernelBuilder.js';

/** Where the values of one run are: taken from the device when they are first asked for, given back when dropped. */
export class Memories {
  readonly #places = new Map<string, SharedMemory>();
  readonly #lent = new Set<string>();

  constructor(
    readonly device: Device,
    readonly quadsOf: (operand: Operand) => number,
  ) {}

  /** Puts a value where somebody else keeps it. */
  lend(operand: Operand, place: SharedMemory): void {
    this.#places.set(keyOf(operand), place);
    this.#lent.add(keyOf(operand));
  }

  of(operand: Operand): SharedMemory {
    const key = keyOf(operand);
    let place = this.#places.get(key);
    if (place === undefined) {
      place = new SharedMemory(this.device, this.device.allocate(this.quadsOf(operand)));
      this.#places.set(key, place);
    }
    return place;
  }

  drop(operand: Operand): void {
    this.#drop(keyOf(operand));
  }

  dropAll(): void {
    for (const key of [...this.#places.keys()]) this.#drop(key);
  }

  #drop(key: string): void {
    if (!this.#lent.has(key)) this.#places.get(key)?.letGo();
    this.#places.delete(key);
  }
}

/** What tells values and temporaries of one plan apart. */
export function keyOf(operand: Operand): string {
  return operand.kind === 'value' ? `v${operand.id}` : `t${operand.index}`;
}
