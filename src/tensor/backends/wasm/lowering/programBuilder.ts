import type { ValueId } from '../../../plan/index.js';
import { type FieldType, headerWords, type InstructionName, instructionNames, instructions } from '../instructions.js';
import { floatBits } from './floatBits.js';
import { type Base, moved, type Pointer } from './pointer.js';
import { spaceFor } from './spaceFor.js';

/** What a field of an instruction is given: a number, or an address; `null` is the address 0. */
export type Word = number | Pointer | null;

/** The fields of an instruction by name. */
export type FieldsOf<I extends InstructionName> = {
  readonly [F in keyof (typeof instructions)[I]]: (typeof instructions)[I][F] extends 'pointer'
    ? Pointer | null
    : number;
};

/** How the work of an instruction is cut up. */
export interface Work {
  /** Parts that can be computed independently of each other. What a part computes must not depend on the others. */
  readonly units: number;
  /** How many of them a worker takes at a time. @defaultValue about an eighth of what each of two workers has to do */
  readonly grain?: number;
}

/** A place in the words that an address is written to before a run. */
export interface Relocation {
  readonly word: number;
  readonly base: Base;
  readonly offset: number;
}

/** Instructions without addresses. */
export interface Fragment {
  readonly words: Int32Array;
  readonly relocations: readonly Relocation[];
  readonly instructionCount: number;
  /** What each instruction is there for, in words. */
  readonly steps: readonly string[];
}

/** Something computed from a bound value once, and kept with its buffer: a filter packed for a kernel, for one. */
export interface Derived {
  readonly value: ValueId;
  /** Tells layouts of the same value apart. */
  readonly key: string;
  readonly bytes: number;
  /** What computes it. */
  readonly fragment: Fragment;
}

/** Memory behind the arena that is kept for one step. */
export interface Temporary {
  readonly offset: number;
  readonly bytes: number;
  readonly step: string;
}

interface Layout {
  readonly opcode: number;
  readonly fields: readonly (readonly [name: string, type: FieldType])[];
}

const layouts = new Map(
  instructionNames.map((name, opcode): [InstructionName, Layout] => [
    name,
    { opcode, fields: Object.entries(instructions[name]) },
  ]),
);

/** Writes instructions, leaving addresses open. */
export class ProgramBuilder {
  readonly #words: number[] = [];
  readonly #relocations: Relocation[] = [];
  readonly #derived: Derived[] = [];
  /** Positions in `#derived` by value and key. */
  readonly #derivedAt = new Map<string, number>();
  /** Instructions that become parts of another one. */
  #embedded: Word[][] | null = null;
  readonly #steps: string[] = [];
  #step: string;
  #temporaryBytes = 0;
  readonly #temporaries: Temporary[] = [];
  #mostTemporaryBytes = 0;

  /**
   * @param isSteady whether a value is bound and not replaced by the plan itself, so that what is made of it lasts.
   * @param step what the first instructions are there for.
   * @param margin bytes behind each temporary that belong to none; if there are any, no two temporaries share memory.
   */
  constructor(
    readonly isSteady: (value: ValueId) => boolean,
    step = '',
    readonly margin = 0,
  ) {
    this.#step = step;
  }

  /** Instructions so far. */
  get instructionCount(): number {
    return this.#steps.length;
  }

  get derivedValues(): readonly Derived[] {
    return this.#derived;
  }

  /** Bytes that instructions of one group need besides the values of the plan. */
  get temporaryBytes(): number {
    return this.#mostTemporaryBytes;
  }

  /** Each of them, if there is a margin behind it. */
  get temporaries(): readonly Temporary[] {
    return this.#temporaries;
  }

  get fragment(): Fragment {
    return {
      words: Int32Array.from(this.#words),
      relocations: this.#relocations,
      instructionCount: this.#steps.length,
      steps: this.#steps,
    };
  }

  /** Appends an instruction. `tail` are the words that follow its fields. */
  emit<I extends InstructionName>(
    name: I,
    { units, grain = Math.ceil(units / 16) }: Work,
    fields: FieldsOf<I>,
    tail: readonly Word[] = [],
  ): void {
    if (units === 0) return;
    const layout = layouts.get(name) as Layout;
    const length = headerWords.length + layout.fields.length + tail.length;
    const words: Word[] = [layout.opcode, length, units, grain, 0];
    for (const [field, type] of layout.fields) {
      const value = (fields as Readonly<Record<string, Word>>)[field] as Word;
      words.push(type === 'float' ? floatBits(value as number) : value);
    }
    for (const word of tail) words.push(word);
    if (this.#embedded === null) this.#append(words);
    else this.#embedded.push(words);
  }

  /** The last instruction that `write` emits, as part of another one's tail. Those before it are appended. */
  embed(write: () => void): readonly Word[] {
    const embedded: Word[][] = [];
    this.#embedded = embedded;
    write();
    this.#embedded = null;
    for (const words of embedded.slice(0, -1)) this.#append(words);
    return embedded.at(-1) as readonly Word[];
  }

  #append(words: readonly Word[]): void {
    for (const word of words) this.#push(word);
    this.#steps.push(this.#step);
  }

  /** Memory for the instructions of this group. It holds anything at first. */
  temporary(bytes: number): Pointer {
    const offset = this.#temporaryBytes;
    this.#temporaryBytes += spaceFor(bytes, this.margin);
    if (this.margin > 0) this.#temporaries.push({ offset, bytes, step: this.#step });
    this.#mostTemporaryBytes = Math.max(this.#mostTemporaryBytes, this.#temporaryBytes);
    return { base: { kind: 'temporary' }, offset };
  }

  /** What comes is there for `step`. Temporaries of the groups before may be overwritten from now on. */
  nextGroup(step: string): void {
    this.#step = step;
    if (this.margin === 0) this.#temporaryBytes = 0;
  }

  /**
   * `bytes` bytes that `compute` makes of a value: once for each buffer if the value is steady, at every run otherwise.
   * `source` points at the value or, if it has aliases, at whichever of them is bound.
   */
  derive(
    source: Pointer,
    key: string,
    bytes: number,
    compute: (builder: ProgramBuilder, to: Pointer) => void,
  ): Pointer {
    const { base } = source;
    if (base.kind !== 'value' || !this.isSteady(base.value)) {
      const to = this.temporary(bytes);
      compute(this, to);
      return to;
    }
    const name = `${base.value} ${key}`;
    let index = this.#derivedAt.get(name);
    if (index === undefined) {
      index = this.#derived.length;
      this.#derivedAt.set(name, index);
      const to: Pointer = { base: { kind: 'derived', index }, offset: 0 };
      const builder = new ProgramBuilder(() => false, this.#step);
      compute(builder, to);
      this.#derived.push({ value: base.value, key, bytes, fragment: builder.fragment });
    }
    return { base: { kind: 'derived', index }, offset: 0 };
  }

  #push(word: Word): void {
    if (word === null) this.#words.push(0);
    else if (typeof word === 'number') this.#words.push(word);
    else {
      this.#relocations.push({ word: this.#words.length, ...moved(word, 0) });
      this.#words.push(0);
    }
  }
}
