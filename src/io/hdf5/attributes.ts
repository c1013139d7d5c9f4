import { type Datatype, elementsOf, readDatatype, readShape } from './datatype.js';
import { globalHeapObject } from './globalHeap.js';
import type { Hdf5Bytes } from './hdf5Bytes.js';
import { type Message, messageType } from './objectHeader.js';

/** Where the value of an attribute is. It is read when somebody asks for it. */
export interface Attribute {
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly at: number;
}

/** The attributes among an object's messages, by name. */
export function readAttributes(file: Hdf5Bytes, messages: readonly Message[]): ReadonlyMap<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (const message of messages) {
    if (message.type === messageType.attributeInfo) checkInline(file, message);
    if (message.type !== messageType.attribute) continue;
    const [name, attribute] = readAttribute(file, message);
    attributes.set(name, attribute);
  }
  return attributes;
}

function readAttribute(file: Hdf5Bytes, { at, size }: Message): readonly [string, Attribute] {
  const version = file.u8(at);
  if (version < 1 || version > 3) throw file.unsupported(`version ${version} of an attribute`);
  const [nameSize, typeSize, spaceSize] = [file.u16(at + 2), file.u16(at + 4), file.u16(at + 6)];
  // Version 1 pads each part to a multiple of 8 bytes; version 3 says the encoding of the name.
  const padded = (bytes: number): number => (version === 1 ? Math.ceil(bytes / 8) * 8 : bytes);
  const name = at + (version === 3 ? 9 : 8);
  const type = name + padded(nameSize);
  const space = type + padded(typeSize);
  const value = space + padded(spaceSize);
  const attribute = { datatype: readDatatype(file, type), shape: readShape(file, space), at: value };
  if (value + attribute.datatype.size * elementsOf(attribute.shape) > at + size) {
    throw file.error('attributes inside their message', `one of shape [${attribute.shape}]`);
  }
  return [file.text(name, nameSize), attribute];
}

/** Many or long attributes may be kept elsewhere, in a way only `libver='latest'` uses. */
function checkInline(file: Hdf5Bytes, { at }: Message): void {
  const heap = at + 2 + (file.u8(at + 1) & 1 ? 2 : 0);
  if (file.address(heap) !== null) throw file.unsupported('attributes outside the header of their object');
}

/** Texts of an attribute, or `null` if it holds something else. */
export function textsOf(file: Hdf5Bytes, { datatype, shape, at }: Attribute): readonly string[] | null {
  const count = elementsOf(shape);
  // h5py's empty list: an array of no numbers.
  if (count === 0) return [];
  if (datatype.kind === 'string') {
    return Array.from({ length: count }, (_, i) => file.text(at + i * datatype.size, datatype.size));
  }
  if (datatype.kind !== 'text') return null;
  return Array.from({ length: count }, (_, i) => {
    const place = at + i * datatype.size;
    const length = file.u32(place);
    const heap = file.u64(place + 4);
    if (length === 0 || heap === 0) return '';
    const object = globalHeapObject(file, heap, file.u32(place + 12));
    return file.text(object.at, Math.min(length, object.size));
  });
}
