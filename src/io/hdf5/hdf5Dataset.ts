import { type Attribute, textsOf } from './attributes.js';
import { readChunks } from './chunks.js';
import { type Datatype, elementsOf, readDatatype, readShape } from './datatype.js';
import { readFilters } from './filters.js';
import type { Hdf5Bytes } from './hdf5Bytes.js';
import { findMessage, type Message, messageType } from './objectHeader.js';

/** Where the numbers of an array are. */
type Layout =
  | { readonly kind: 'contiguous'; readonly at: number | null }
  | { readonly kind: 'chunked'; readonly tree: number | null; readonly chunk: readonly number[] };

/** An array in a file. Its numbers are read when somebody asks for them. */
export class Hdf5Dataset {
  readonly shape: readonly number[];
  readonly datatype: Datatype;
  readonly #file: Hdf5Bytes;
  readonly #messages: readonly Message[];
  readonly #attributes: ReadonlyMap<string, Attribute>;

  constructor(file: Hdf5Bytes, messages: readonly Message[], attributes: ReadonlyMap<string, Attribute>) {
    this.#file = file;
    this.#messages = messages;
    this.#attributes = attributes;
    this.shape = readShape(file, this.#message(messageType.dataspace, 'dataspace').at);
    this.datatype = readDatatype(file, this.#message(messageType.datatype, 'datatype').at);
  }

  /** The texts of an attribute; `null` if there is none of that name, or it holds no texts. */
  texts(name: string): readonly string[] | null {
    const attribute = this.#attributes.get(name);
    return attribute === undefined ? null : textsOf(this.#file, attribute);
  }

  /** Bytes of all elements. */
  get byteLength(): number {
    return elementsOf(this.shape) * this.datatype.size;
  }

  /**
   * A copy of the bytes, in the order of the file.
   * @throws {ModelFormatError} if they are not in the file, or packed in a way that is not supported.
   */
  read(): Uint8Array<ArrayBuffer> {
    const file = this.#file;
    if (findMessage(this.#messages, messageType.externalFiles)) throw file.unsupported('numbers in another file');
    const layout = this.#layout();
    const size = this.byteLength;
    if (layout.kind === 'contiguous') {
      return layout.at === null ? this.#unwritten() : new Uint8Array(file.part(layout.at, size));
    }
    if (layout.tree === null) return this.#unwritten();
    this.#checkRatio();
    return readChunks(file, {
      tree: layout.tree,
      chunk: layout.chunk,
      shape: this.shape,
      elementSize: this.datatype.size,
      filters: readFilters(file, this.#messages),
    });
  }

  /** An array nobody wrote to is full of zeros; one of any size fits in a few bytes, so large ones are refused. */
  #unwritten(): Uint8Array<ArrayBuffer> {
    this.#checkRatio();
    return new Uint8Array(this.byteLength);
  }

  #checkRatio(): void {
    const { length } = this.#file;
    if (this.byteLength <= 100 * length) return;
    throw this.#file.error(
      `arrays of at most ${100 * length} bytes`,
      `${this.byteLength}`,
      'The file is damaged or hostile.',
    );
  }

  #message(type: number, what: string): Message {
    const found = findMessage(this.#messages, type);
    if (found !== undefined) return found;
    throw this.#file.error(`a ${what}`, 'an array without one');
  }

  #layout(): Layout {
    const { at } = this.#message(messageType.layout, 'layout');
    const file = this.#file;
    const version = file.u8(at);
    if (version === 3 || version === 4) {
      const kind = file.u8(at + 1);
      if (kind === 0) {
        if (file.u16(at + 2) < this.byteLength) throw file.error(`${this.byteLength} bytes`, `${file.u16(at + 2)}`);
        return { kind: 'contiguous', at: at + 4 };
      }
      if (kind === 1) return { kind: 'contiguous', at: file.address(at + 2) };
      if (kind === 2 && version === 3) return this.#chunked(at + 11, file.u8(at + 2), file.address(at + 3));
    } else if (version === 1 || version === 2) {
      const kind = file.u8(at + 2);
      if (kind === 1) return { kind: 'contiguous', at: file.address(at + 8) };
      if (kind === 2) return this.#chunked(at + 16, file.u8(at + 1), file.address(at + 8));
    }
    throw file.unsupported(`version ${version} of a layout`);
  }

  #chunked(sizes: number, dimensions: number, tree: number | null): Layout {
    const rank = this.shape.length;
    if (dimensions !== rank + 1) throw this.#file.error(`chunks of ${rank} dimensions`, `${dimensions - 1}`);
    const chunk = this.shape.map((_, axis) => this.#file.u32(sizes + 4 * axis));
    if (chunk.some((size) => size === 0)) throw this.#file.error('chunks of some size', `[${chunk}]`);
    return { kind: 'chunked', tree, chunk };
  }
}
