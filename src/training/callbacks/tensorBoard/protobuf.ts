// What of protocol buffers event files are made of (https://protobuf.dev/programming-guides/encoding): a field is a key,
// made of its number and its kind, and a value.

const encoder = new TextEncoder();

/** A whole number of at least 0 in groups of seven bits, the lowest first. */
export function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

export function integerField(number: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(number * 8), ...varint(value)]);
}

export function doubleField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(9);
  bytes[0] = number * 8 + 1;
  new DataView(bytes.buffer).setFloat64(1, value, true);
  return bytes;
}

/** A text, bytes, or the fields of a message. */
export function bytesField(number: number, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const content = concat(parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part)));
  return concat([Uint8Array.from([...varint(number * 8 + 2), ...varint(content.length)]), content]);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
