import type { Plan, Value, ValueId } from '../../plan/index.js';
import { sizeOf } from '../../shape.js';
import type { Executable } from '../backend.js';
import { WasmBuffer } from './buffer.js';
import type { Program } from './engine/engine.js';
import type { Fragment, LoweredPlan, Pointer } from './lowering/index.js';
import { bytesOf } from './lowering/index.js';
import type { Memory } from './memory.js';

/** Work of a plan, in floating point operations, from which on more than one worker is woken. */
const parallelFlops = 100_000;

/** A plan as a program. Every run fills in the addresses: buffers are others each time, and the arena may have moved. */
export class WasmExecutable implements Executable {
  readonly #addressOf: (value: ValueId, addresses: Addresses) => number;
  readonly #parallel: boolean;

  constructor(
    readonly plan: Plan,
    readonly lowered: LoweredPlan,
    readonly memory: Memory,
  ) {
    this.#addressOf = locate(plan, lowered.owners);
    const elements = plan.steps.reduce((total, { output }) => total + sizeOf((plan.values[output] as Value).shape), 0);
    this.#parallel = plan.steps.reduce((total, { flops }) => total + flops, elements) > parallelFlops;
  }

  async run(bound: readonly WasmBuffer[]): Promise<readonly WasmBuffer[]> {
    return this.memory.exclusively(async () => {
      const { plan, memory } = this;
      const results: WasmBuffer[] = [];
      try {
        for (const id of plan.results) {
          const { shape, dtype } = plan.values[id] as Value;
          results.push(new WasmBuffer(memory.allocate(bytesOf({ shape, dtype })), sizeOf(shape), dtype));
        }
        await memory.run(this.#program(bound, results));
        return results;
      } catch (error) {
        for (const { address } of results) memory.heap.free(address);
        throw error;
      }
    });
  }

  dispose(): void {
    // What a plan leaves behind belongs to buffers, or to the arena that all plans share.
  }

  /** The instructions with every address filled in, after those that make what has to be made of new buffers. */
  #program(bound: readonly WasmBuffer[], results: readonly WasmBuffer[]): Omit<Program, 'address'> {
    const { plan, lowered, memory } = this;
    const arena = memory.reserveArena(plan.memory.arenaBytes + lowered.temporaryBytes);
    const missing: Fragment[] = [];
    const derived = lowered.derived.map((wanted) => {
      const buffer = bound[plan.bound.indexOf(wanted.value)] as WasmBuffer;
      const known = buffer.derived.get(wanted.key);
      if (known !== undefined) return known;
      const address = memory.allocate(wanted.bytes);
      buffer.derived.set(wanted.key, address);
      missing.push(wanted.fragment);
      return address;
    });
    const addresses: Addresses = { arena, bound, results, derived, temporaries: arena + plan.memory.arenaBytes };
    const fragments = [...missing, lowered.fragment];
    const words = new Int32Array(fragments.reduce((total, fragment) => total + fragment.words.length, 0));
    let start = 0;
    for (const fragment of fragments) {
      words.set(fragment.words, start);
      for (const { word, base, offset } of fragment.relocations) {
        words[start + word] = this.#resolve(base, addresses) + offset;
      }
      start += fragment.words.length;
    }
    const instructionCount = fragments.reduce((total, fragment) => total + fragment.instructionCount, 0);
    return { words, instructionCount, parallel: this.#parallel };
  }

  #resolve(base: Pointer['base'], addresses: Addresses): number {
    switch (base.kind) {
      case 'value':
        return this.#addressOf(base.value, addresses);
      case 'result':
        return (addresses.results[base.index] as WasmBuffer).address;
      case 'temporary':
        return addresses.temporaries;
      case 'derived':
        return addresses.derived[base.index] as number;
      default:
        throw new Error(`unknown base ${base satisfies never}`);
    }
  }
}

/** Where things are during one run. */
interface Addresses {
  readonly arena: number;
  readonly temporaries: number;
  readonly bound: readonly WasmBuffer[];
  readonly results: readonly WasmBuffer[];
  readonly derived: readonly number[];
}

/** Finds the addresses of a plan's values: bound, a result, or in the arena. */
function locate(plan: Plan, owners: readonly (ValueId | null)[]): (value: ValueId, addresses: Addresses) => number {
  const positions = new Map(plan.bound.map((id, position) => [id, position]));
  const results = new Map(owners.map((id, position) => [id, position]));
  return (value, addresses) => {
    const result = results.get(value);
    if (result !== undefined) return (addresses.results[result] as WasmBuffer).address;
    const position = positions.get(value);
    if (position !== undefined) return (addresses.bound[position] as WasmBuffer).address;
    const slot = plan.memory.slots.get(value);
    if (slot === undefined) throw new Error(`value ${value} of ${plan.name} is stored nowhere`);
    return addresses.arena + slot.offset;
  };
}
