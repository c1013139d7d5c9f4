import type { Hdf5Bytes } from './hdf5Bytes.js';
import { findMessage, type Message, messageType } from './objectHeader.js';

const maxName = 4096;
const maxDepth = 32;

/**
 * What a group contains: where the header of each member is, by name.
 * @throws {ModelFormatError} for links to names or to other files, which Keras never writes.
 */
export function readLinks(file: Hdf5Bytes, messages: readonly Message[]): ReadonlyMap<string, number> {
  const links = new Map<string, number>();
  const add = (name: string, at: number): void => {
    if (links.has(name)) throw file.error('members with names of their own', `two called '${name}'`);
    links.set(name, at);
  };
  const table = findMessage(messages, messageType.symbolTable);
  if (table !== undefined) {
    const heap = readLocalHeap(file, file.u64(table.at + 8));
    readTree(file, file.u64(table.at), maxDepth, heap, add);
  }
  for (const message of messages) {
    if (message.type === messageType.link) readLink(file, message, add);
    if (message.type === messageType.linkInfo) checkCompact(file, message);
  }
  return links;
}

type Add = (name: string, at: number) => void;
type Names = (offset: number) => string;

/** A version 1 B-tree whose leaves are nodes of a symbol table. */
function readTree(file: Hdf5Bytes, at: number, depth: number, names: Names, add: Add): void {
  file.once(at);
  file.expect(at, 'TREE');
  if (depth === 0 || file.u8(at + 4) !== 0) throw file.error('a group', 'a tree of another kind');
  const level = file.u8(at + 5);
  const count = file.u16(at + 6);
  // A key before each child, and one at the end: 8 bytes each, like the addresses.
  for (let i = 0; i < count; i++) {
    const child = file.u64(at + 24 + 16 * i + 8);
    if (level > 0) readTree(file, child, depth - 1, names, add);
    else readSymbols(file, child, names, add);
  }
}

function readSymbols(file: Hdf5Bytes, at: number, names: Names, add: Add): void {
  file.once(at);
  file.expect(at, 'SNOD');
  const count = file.u16(at + 6);
  for (let i = 0; i < count; i++) {
    const entry = at + 8 + 40 * i;
    if (file.u32(entry + 16) === 2) throw file.unsupported('a link to another name');
    add(names(file.u64(entry)), file.u64(entry + 8));
  }
}

/** Names of a group's members, by their offset in its local heap. */
function readLocalHeap(file: Hdf5Bytes, at: number): Names {
  file.expect(at, 'HEAP');
  const size = file.u64(at + 8);
  const data = file.u64(at + 24);
  file.part(data, size);
  return (offset) => {
    const name = file.text(data + offset, Math.max(0, Math.min(maxName, size - offset)));
    if (name !== '' && name.length < maxName) return name;
    throw file.error('members with names', name === '' ? 'one without' : 'one that never ends');
  };
}

/** A link message, as groups of newer files hold them. */
function readLink(file: Hdf5Bytes, { at }: Message, add: Add): void {
  const flags = file.u8(at + 1);
  let place = at + 2;
  const type = flags & 8 ? file.u8(place++) : 0;
  if (type !== 0) throw file.unsupported(type === 64 ? 'a link to another file' : 'a link to another name');
  place += (flags & 4 ? 8 : 0) + (flags & 0x10 ? 1 : 0);
  const width = 2 ** (flags & 3);
  const length = file.integer(place, width);
  if (length > maxName) throw file.error(`names of at most ${maxName} bytes`, `${length}`);
  add(file.text(place + width, length), file.u64(place + width + length));
}

/** Groups of many members may keep them in a heap, which only `libver='latest'` does. */
function checkCompact(file: Hdf5Bytes, { at }: Message): void {
  const heap = at + 2 + (file.u8(at + 1) & 1 ? 8 : 0);
  if (file.address(heap) !== null) throw file.unsupported('the members of a large group outside its header');
}
