import type { Hdf5Bytes } from './hdf5Bytes.js';

/** One message of an object's header: what kind, and where its body is. */
export interface Message {
  readonly type: number;
  readonly at: number;
  readonly size: number;
}

/** Kinds of messages that matter here. */
export const messageType = {
  dataspace: 0x1,
  linkInfo: 0x2,
  datatype: 0x3,
  link: 0x6,
  externalFiles: 0x7,
  layout: 0x8,
  filters: 0xb,
  attribute: 0xc,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

const maxMessages = 20_000;

interface Block {
  readonly at: number;
  readonly size: number;
}

/**
 * The messages of the object whose header begins at `at`, in both of HDF5's layouts.
 * @throws {ModelFormatError} if the header does not hold together.
 */
export function readHeader(file: Hdf5Bytes, at: number): readonly Message[] {
  file.once(at);
  return file.u8(at) === 1 ? readOldHeader(file, at) : readNewHeader(file, at);
}

function readOldHeader(file: Hdf5Bytes, at: number): readonly Message[] {
  const count = file.u16(at + 2);
  return readBlocks(file, { at: at + 16, size: file.u32(at + 8) }, 8, count, (message) => ({
    type: file.u16(message),
    size: file.u16(message + 2),
    flags: file.u8(message + 4),
  }));
}

function readNewHeader(file: Hdf5Bytes, at: number): readonly Message[] {
  file.expect(at, 'OHDR');
  const flags = file.u8(at + 5);
  const sizeBytes = 2 ** (flags & 3);
  const start = at + 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const prefix = flags & 4 ? 6 : 4;
  const first = { at: start + sizeBytes, size: file.integer(start, sizeBytes) };
  return readBlocks(file, first, prefix, maxMessages, (message) => ({
    type: file.u8(message),
    size: file.u16(message + 1),
    flags: file.u8(message + 3),
  }));
}

function readBlocks(
  file: Hdf5Bytes,
  first: Block,
  prefix: number,
  count: number,
  describe: (at: number) => { readonly type: number; readonly size: number; readonly flags: number },
): readonly Message[] {
  const messages: Message[] = [];
  const blocks: Block[] = [first];
  for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
    const end = block.at + block.size;
    for (let at = block.at; at + prefix <= end && messages.length < count; ) {
      const { type, size, flags } = describe(at);
      const body = { type, size, at: at + prefix };
      at += prefix + size;
      if (at > end) throw file.error('messages inside their header', `one that ends at byte ${at}`);
      // Bit 1 of the flags: what matters is in another object.
      if (flags & 2) throw file.unsupported('shared header messages');
      messages.push(body);
      if (type === messageType.continuation) blocks.push(continuation(file, body, prefix < 8));
      if (messages.length > maxMessages) throw file.error(`at most ${maxMessages} messages in a header`, 'more');
    }
  }
  return messages;
}

function continuation(file: Hdf5Bytes, { at }: Message, isNew: boolean): Block {
  const place = file.u64(at);
  const size = file.u64(at + 8);
  file.part(place, size);
  file.once(place);
  if (!isNew) return { at: place, size };
  file.expect(place, 'OCHK');
  return { at: place + 4, size: size - 8 };
}

/** The message of a kind, if there is one. */
export function findMessage(messages: readonly Message[], type: number): Message | undefined {
  return messages.find((message) => message.type === type);
}
