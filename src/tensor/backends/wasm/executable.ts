import type { Plan, Step, Value, ValueId } from '../../plan/index.js';
import { sizeOf } from '../../shape.js';
import type { Executable } from '../backend.js';
import type { WasmBuffer } from './buffer.js';
import type { Stretch } from './canaries.js';
import { bytesOf, describeSteps, type Fragment, type LoweredPlan, type Pointer } from './lowering/index.js';
import type { Memory, PlacedProgram } from './memory.js';

/** Work of a plan, in floating point operations and results, from which on more than one worker is woken. */
const parallelWork = 100_000;

/** A plan as a program. Every run fills in the addresses: buffers are others each time, and the arena may have moved. */
export class WasmExecutable implements Executable {
  readonly #parallel: boolean;
  readonly #main: LinkedFragment;
  readonly #derived: readonly LinkedDerived[];

  constructor(
    readonly plan: Plan,
    readonly lowered: LoweredPlan,
    readonly memory: Memory,
  ) {
    const link = linker(plan, lowered);
    this.#main = link(lowered.fragment);
    this.#derived = lowered.derived.map(({ value, key, bytes, fragment }) => {
      return { key, bytes, position: plan.bound.indexOf(value), fragment: link(fragment) };
    });
    const elements = plan.steps.reduce((total, { output }) => total + sizeOf((plan.values[output] as Value).shape), 0);
    this.#parallel = plan.steps.reduce((total, { flops }) => total + flops, elements) > parallelWork;
  }

  async run(bound: readonly WasmBuffer[]): Promise<readonly WasmBuffer[]> {
    return this.memory.exclusively(async () => {
      const { plan, memory } = this;
      const { heap } = memory;
      memory.checkHeld(plan.name, bound);
      const results: WasmBuffer[] = [];
      const made: Made[] = [];
      try {
        for (const id of plan.results) {
          const { shape, dtype } = plan.values[id] as Value;
          results.push(memory.createBuffer(sizeOf(shape), dtype));
        }
        await memory.run(this.#program(bound, results, made));
        return results;
      } catch (error) {
        for (const { address } of results) heap.free(address);
        for (const { buffer, key, address } of made) {
          buffer.derived.delete(key);
          heap.free(address);
        }
        throw error;
      }
    });
  }

  dispose(): void {
    // What a plan leaves behind belongs to buffers, or to the arena that all plans share.
  }

  /** The instructions with every address filled in, after those that make what has to be made of new buffers. */
  #program(bound: readonly WasmBuffer[], results: readonly WasmBuffer[], made: Made[]): PlacedProgram {
    const { plan, lowered, memory } = this;
    const fragments: LinkedFragment[] = [];
    const derived = this.#derived.map(({ key, bytes, position, fragment }) => {
      const buffer = bound[position] as WasmBuffer;
      let address = buffer.derived.get(key);
      if (address === undefined) {
        address = memory.heap.allocate(bytes);
        buffer.derived.set(key, address);
        made.push({ buffer, key, address, bytes, step: fragment.steps[0] as string });
        fragments.push(fragment);
      }
      return address;
    });
    fragments.push(this.#main);
    const arena = memory.reserveArena(plan.memory.arenaBytes + lowered.temporaryBytes);
    // In the order of `linker`.
    const bases = [arena, arena + plan.memory.arenaBytes];
    for (const { address } of bound) bases.push(address);
    for (const { address } of results) bases.push(address);
    bases.push(...derived);

    const words = new Int32Array(fragments.reduce((total, fragment) => total + fragment.words.length, 0));
    let start = 0;
    for (const { words: template, places } of fragments) {
      words.set(template, start);
      for (let i = 0; i < places.length; i += 3) {
        const base = bases[places[i + 1] as number] as number;
        words[start + (places[i] as number)] = base + (places[i + 2] as number);
      }
      start += template.length;
    }
    const instructionCount = fragments.reduce((total, fragment) => total + fragment.instructionCount, 0);
    const stepOf = (instruction: number): string => stepIn(fragments, instruction);
    const stretches = memory.heap.margin === 0 ? [] : this.#stretches(arena, results, made);
    return { words, instructionCount, parallel: this.#parallel, stepOf, stretches };
  }

  /** Everything that a run stores in. Aliases come first, so that memory has the name of the step that fills it. */
  #stretches(arena: number, results: readonly WasmBuffer[], made: readonly Made[]): readonly Stretch[] {
    const { plan, lowered } = this;
    const slots = [...plan.memory.slots].reverse();
    const temporaries = arena + plan.memory.arenaBytes;
    return [
      ...slots.map(([id, { offset, bytes }]) => ({ address: arena + offset, bytes, name: nameOf(plan, id) })),
      ...lowered.temporaries.map(({ offset, bytes, step }) => {
        return { address: temporaries + offset, bytes, name: `memory of ${step}` };
      }),
      ...results.map(({ address }, i) => {
        const id = lowered.owners[i] ?? (plan.results[i] as ValueId);
        return { address, bytes: bytesOf(plan.values[id] as Value), name: nameOf(plan, id) };
      }),
      ...made.map(({ address, bytes, step }) => ({ address, bytes, name: `what ${step} makes of a buffer` })),
    ];
  }
}

/** Something that this run makes of a bound buffer, for later ones too. */
interface Made {
  readonly buffer: WasmBuffer;
  readonly key: string;
  readonly address: number;
  readonly bytes: number;
  /** What it is made for. */
  readonly step: string;
}

/** A fragment that knows which of a run's base addresses goes where. */
interface LinkedFragment extends Pick<Fragment, 'words' | 'instructionCount' | 'steps'> {
  /** Triples: word, position among the base addresses, bytes from there. */
  readonly places: Float64Array;
}

interface LinkedDerived {
  readonly key: string;
  readonly bytes: number;
  /** Which bound buffer it is made of. */
  readonly position: number;
  readonly fragment: LinkedFragment;
}

/** What an instruction is there for, counted through `fragments`. */
function stepIn(fragments: readonly LinkedFragment[], instruction: number): string {
  let first = 0;
  for (const { steps, instructionCount } of fragments) {
    const step = steps[instruction - first];
    if (step !== undefined) return step;
    first += instructionCount;
  }
  return `instruction ${instruction}`;
}

/** Which step makes a value. */
function nameOf({ values, steps }: Plan, id: ValueId): string {
  const { source } = values[id] as Value;
  return source.kind === 'step' ? `the result of ${describeSteps([steps[source.step] as Step])}` : 'a copy of an input';
}

/** Turns bases into positions among [arena, temporaries, bound…, results…, derived…]. */
function linker(plan: Plan, { owners }: LoweredPlan): (fragment: Fragment) => LinkedFragment {
  const firstBound = 2;
  const firstResult = firstBound + plan.bound.length;
  const firstDerived = firstResult + plan.results.length;
  const positions = new Map<ValueId, number>();
  plan.bound.forEach((id, i) => {
    positions.set(id, firstBound + i);
  });
  owners.forEach((id, i) => {
    if (id !== null) positions.set(id, firstResult + i);
  });
  const place = (base: Pointer['base']): readonly [position: number, offset: number] => {
    switch (base.kind) {
      case 'value': {
        const position = positions.get(base.value);
        if (position !== undefined) return [position, 0];
        const slot = plan.memory.slots.get(base.value);
        if (slot === undefined) throw new Error(`value ${base.value} of ${plan.name} is stored nowhere`);
        return [0, slot.offset];
      }
      case 'temporary':
        return [1, 0];
      case 'result':
        return [firstResult + base.index, 0];
      case 'derived':
        return [firstDerived + base.index, 0];
      default:
        throw new Error(`unknown base ${base satisfies never}`);
    }
  };
  return ({ words, instructionCount, steps, relocations }) => ({
    words,
    instructionCount,
    steps,
    places: Float64Array.from(
      relocations.flatMap(({ word, base, offset }) => {
        const [position, from] = place(base);
        return [word, position, from + offset];
      }),
    ),
  });
}
