import { ModelFormatError } from '../modelFormatError.js';

/** HDF5's sign for "nowhere". */
const undefinedAddress = 0xffff_ffff_ffff_ffffn;

/**
 * The bytes of an HDF5 file, every access checked. What is read from them decides where is read next, so nothing here
 * trusts a number of the file.
 */
export class Hdf5Bytes {
  readonly #view: DataView;
  #text = 0;
  readonly #seen = new Set<number>();

  constructor(
    /** Name of the file, for messages. */
    readonly file: string,
    readonly bytes: Uint8Array,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.#view.getUint8(this.#checked(at, 1));
  }

  u16(at: number): number {
    return this.#view.getUint16(this.#checked(at, 2), true);
  }

  u32(at: number): number {
    return this.#view.getUint32(this.#checked(at, 4), true);
  }

  /** An unsigned integer of 8 bytes. @throws {ModelFormatError} if it is larger than any length can be. */
  u64(at: number): number {
    const value = this.#view.getBigUint64(this.#checked(at, 8), true);
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
    throw this.error('lengths and places inside the file', `${value}`);
  }

  /** A place in the file, or `null` for nowhere. */
  address(at: number): number | null {
    if (this.#view.getBigUint64(this.#checked(at, 8), true) === undefinedAddress) return null;
    const address = this.u64(at);
    this.#checked(address, 0);
    return address;
  }

  /** An integer of as many bytes as `size` says. */
  integer(at: number, size: number): number {
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this.u8(at + i);
    return value;
  }

  /** A view of some bytes. */
  part(at: number, length: number): Uint8Array {
    return this.bytes.subarray(this.#checked(at, length), at + length);
  }

  /** Text of a known length, without what follows a zero byte. */
  text(at: number, length: number): string {
    const part = this.part(at, length);
    const end = part.indexOf(0);
    const used = end < 0 ? part : part.subarray(0, end);
    // Many entries may name the same bytes: what counts is how much text is made of them.
    this.#text += used.length;
    if (this.#text > 4 * this.length + 2 ** 16)
      throw this.error('text that is in the file', 'the same text again and again');
    return new TextDecoder().decode(used);
  }

  /** Asserts that four letters stand somewhere. */
  expect(at: number, signature: string): void {
    const found = String.fromCharCode(...this.part(at, signature.length));
    if (found !== signature) throw this.error(`'${signature}' at byte ${at}`, JSON.stringify(found));
  }

  /** Notes that a part of the structure begins here. @throws {ModelFormatError} the second time: nothing is there twice. */
  once(at: number): void {
    if (this.#seen.has(at)) throw this.error('a structure without circles', `byte ${at} again`);
    this.#seen.add(at);
  }

  error(expected: string, received: string, remedy = 'The file is damaged; save it again.'): ModelFormatError {
    return new ModelFormatError(this.file, { expected, received, remedy });
  }

  /** For what HDF5 allows and models do not use. */
  unsupported(what: string): ModelFormatError {
    return this.error(
      'HDF5 as Keras writes it',
      what,
      "Write it again with h5py's defaults, or save the model from Keras as .keras.",
    );
  }

  #checked(at: number, length: number): number {
    if (at >= 0 && length >= 0 && at + length <= this.bytes.length) return at;
    throw this.error(`at least ${at + length} bytes`, `${this.bytes.length}`, 'The file was cut short, or is damaged.');
  }
}
