import type { ValueId } from '../../../plan/index.js';
import type { Dialect } from './dialect.js';
import { literal } from './literal.js';

/** What a kernel reads or makes: a value of the plan, or something between two kernels of one step. */
export type Operand =
  | { readonly kind: 'value'; readonly id: ValueId }
  | { readonly kind: 'temporary'; readonly index: number };

/** Four expressions, one for each number of a quad. */
export type Quad = readonly [string, string, string, string];

/** Four expressions as a quad. */
export function quadOf(values: readonly string[]): Quad {
  return values as Quad;
}

/** Which quad a thread makes. */
export const thread = 'q';

/** Three rows of three columns are nine times the body. */
const longestUnrolled = 3;

/** The places of a quad. */
export const places = [0, 1, 2, 3] as const;

/** A kernel as GPU.js takes it: a closed function in JavaScript, whose sizes are literals. */
export interface KernelSource {
  readonly text: string;
  /** The arrays it reads, in order. */
  readonly inputs: readonly Operand[];
  /** Numbers that come after them, which no literal can say. */
  readonly numbers: readonly number[];
  /** Quads that a run makes, and threads. */
  readonly quads: number;
  /** How many arrays of so many quads it makes. */
  readonly targets: number;
  /** Whether its sizes are arguments: then the same kernel serves arrays of any size. */
  readonly isFlexible: boolean;
}

/**
 * Writes the text of a kernel, statement by statement. Indices are floats, as GPU.js makes them: whole numbers up to
 * 2^24 are exact.
 */
export class KernelBuilder {
  readonly #lines: string[] = [];
  readonly #inputs: Operand[] = [];
  readonly #numbers: number[] = [];
  readonly #known = new Map<string, string>();
  #names = 0;

  /**
   * @param sizes `'literal'` where a shader is worth compiling anew for every size, which lets its compiler do more;
   * `'argument'` where one kernel shall serve arrays of all sizes.
   */
  constructor(
    readonly dialect: Dialect,
    readonly sizes: 'literal' | 'argument' = 'literal',
  ) {}

  /** The name of an array that the kernel reads. */
  array(operand: Operand): string {
    const found = this.#inputs.findIndex((known) => sameOperand(known, operand));
    return `a${found === -1 ? this.#inputs.push(operand) - 1 : found}`;
  }

  /** A number in the text; an argument if it is not finite or too large to be written. */
  number(value: number): string {
    const written = literal(value);
    if (written !== null) return written;
    const found = this.#numbers.findIndex((known) => Object.is(known, value));
    return `n${found === -1 ? this.#numbers.push(value) - 1 : found}`;
  }

  /** A number that depends on the sizes of arrays. Every one is an argument of its own, so that the text stays the same. */
  size(value: number): string {
    if (this.sizes === 'argument') return `n${this.#numbers.push(value) - 1}`;
    return value < 0 ? `(${value})` : String(value);
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  fresh(prefix = 't'): string {
    return `${prefix}${this.#names++}`;
  }

  /** A new variable. */
  let(expression: string, prefix = 't'): string {
    const name = this.fresh(prefix);
    this.line(`let ${name} = ${expression};`);
    return name;
  }

  /** `header { body }`. What is known of memory inside is forgotten behind it. */
  block(header: string, body: () => void): void {
    const before = new Map(this.#known);
    this.line(`${header} {`);
    body();
    this.line('}');
    this.#known.clear();
    for (const [key, name] of before) this.#known.set(key, name);
  }

  /** `for` as often as `count` says; `body` gets the name of the counter. */
  repeat(count: number, body: (counter: string) => void): void {
    const counter = this.fresh('i');
    this.block(`for (let ${counter} = 0; ${counter} < ${count}; ${counter}++)`, () => body(counter));
  }

  /** The same for short loops over a window: written out, they are no loops. */
  unroll(count: number, body: (counter: string) => void): void {
    if (count > longestUnrolled) this.repeat(count, body);
    else for (let i = 0; i < count; i++) body(String(i));
  }

  /** The same where `count` depends on sizes: the loop is a little longer then, and most of its rounds are taken. */
  repeatSize(count: number, body: (counter: string) => void): void {
    if (this.sizes === 'literal') {
      this.repeat(count, body);
      return;
    }
    const limit = this.size(count);
    this.repeat(4 ** Math.ceil(Math.log(count) / Math.log(4)), (counter) => {
      this.block(`if (${counter} < ${limit})`, () => body(counter));
    });
  }

  /** `a` where the condition holds, else `b`. Written as a branch: GPU.js gives no types to the two sides of a `?`. */
  select(condition: string, a: string, b: string): string {
    const result = this.let(b);
    this.line(`if (${condition}) { ${result} = ${a}; }`);
    return result;
  }

  /** The quad at an index, read once however often it is asked for within a block. */
  quad(array: string, index: string): Quad {
    const key = `${array}[${index}]`;
    let name = this.#known.get(key);
    if (name === undefined) {
      name = this.fresh('q');
      this.#known.set(key, name);
      if (this.dialect.memory === 'texture') this.line(`const ${name} = ${array}[${index}];`);
      else {
        this.line(`const ${name}_ = 4 * (${index});`);
        for (const place of places) this.line(`const ${name}_${place} = ${array}[${name}_ + ${place}];`);
      }
    }
    const part = (place: number): string => this.#part(name, place);
    return [part(0), part(1), part(2), part(3)];
  }

  /** The number at an index. */
  element(array: string, index: string): string {
    if (this.dialect.memory === 'buffer') return this.let(`${array}[${index}]`, 'e');
    const at = this.let(index, 'p');
    const quad = this.let(`Math.floor(${at} * 0.25)`, 'p');
    const texel = this.fresh('q');
    this.line(`const ${texel} = ${array}[${quad}];`);
    return this.let(`${texel}[${at} - 4 * ${quad}]`, 'e');
  }

  /** The kernel, which makes `result` and, in arrays of their own, `others`. */
  finish(quads: number, result: Quad, others: readonly Quad[] = []): KernelSource {
    const inputs = this.#inputs.map((_, i) => `a${i}`);
    const numbers = this.#numbers.map((_, i) => `n${i}`);
    const stores = others.map((quad, i) => `${targetName(i + 1)}(${quad.join(', ')});`);
    const lines = [`const ${thread} = this.thread.x;`, ...this.#lines, ...stores, `return [${result.join(', ')}];`];
    const text = `function (${[...inputs, ...numbers].join(', ')}) {\n${lines.join('\n')}\n}`;
    const isFlexible = this.sizes === 'argument';
    return { text, inputs: this.#inputs, numbers: this.#numbers, quads, targets: others.length + 1, isFlexible };
  }

  #part(name: string, place: number): string {
    return this.dialect.memory === 'texture' ? `${name}[${place}]` : `${name}_${place}`;
  }
}

/** What a kernel calls to store a quad in its `index`-th further array. */
export function targetName(index: number): string {
  return `target${index}`;
}

function sameOperand(a: Operand, b: Operand): boolean {
  return a.kind === 'value' ? b.kind === 'value' && a.id === b.id : b.kind === 'temporary' && a.index === b.index;
}
