import { type Tensor, wrap } from '../../tensor/index.js';
import { ModelFormatError } from '../modelFormatError.js';
import { type Elements, toHost } from './elements.js';
import type { Texts } from './texts.js';

/** What is known of an array before its numbers are read. */
export interface DatasetFacts {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly shape: readonly number[];
  readonly elements: Elements;
  readonly attributes: Texts;
  /** The numbers, in C order. @throws {ModelFormatError} */
  readonly numbers: () => Promise<ArrayLike<number | bigint>>;
}

/** An array in a file. Its numbers are read when somebody asks for them. */
export class Hdf5Dataset {
  readonly #facts: DatasetFacts;

  constructor(facts: DatasetFacts) {
    this.#facts = facts;
  }

  get shape(): readonly number[] {
    return this.#facts.shape;
  }

  get elements(): Elements {
    return this.#facts.elements;
  }

  /** Bytes of all elements. */
  get byteLength(): number {
    return this.shape.reduce((product, size) => product * size, this.elements.size);
  }

  /** The texts of an attribute; `null` if there is none of that name, or it holds no texts. */
  texts(name: string): readonly string[] | null {
    return this.#facts.attributes.get(name) ?? null;
  }

  /**
   * The numbers: floats of any precision as float32, integers as int32 (bytes as uint8).
   * @throws {ModelFormatError} if they are not in the file, are no numbers, or have more than 32 bits.
   */
  async read(): Promise<Tensor> {
    const { dtype, name } = this.elements;
    if (dtype === null) throw this.#error('numbers', `elements of kind '${name}'`);
    const numbers = await this.#facts.numbers();
    const size = this.byteLength / this.elements.size;
    if (numbers.length !== size) throw this.#error(`${size} numbers`, `${numbers.length}`);
    const values = toHost(numbers, this.elements);
    if (values === null) throw this.#error('integers of 32 bits', 'one with more');
    return wrap(values, this.shape, dtype);
  }

  #error(expected: string, received: string): ModelFormatError {
    return new ModelFormatError(this.#facts.file, {
      expected,
      received,
      remedy: 'The file is damaged, or holds what no weight is made of; save it again.',
    });
  }
}
