/** Calling `memory.copy` costs as much as copying so many bytes in a loop. */
const shortCopy: usize = 256;

/** Copies `length` elements of `elementBytes` bytes that are `toStep` and `fromStep` elements apart. */
export function copyRun(to: usize, from: usize, length: i32, elementBytes: usize, toStep: i32, fromStep: i32): void {
  if (toStep == 1 && fromStep == 1) copyBytes(to, from, <usize>length * elementBytes);
  else if (elementBytes == 4) copyElements<u32>(to, from, length, toStep, fromStep);
  else if (elementBytes == 1) copyElements<u8>(to, from, length, toStep, fromStep);
  else copyElements<u64>(to, from, length, toStep, fromStep);
}

/** Copies `bytes` bytes. */
export function copyBytes(to: usize, from: usize, bytes: usize): void {
  if (bytes > shortCopy) {
    memory.copy(to, from, bytes);
    return;
  }
  const end = to + bytes;
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, v128.load(from));
  for (; to + 4 <= end; to += 4, from += 4) store<u32>(to, load<u32>(from));
  for (; to < end; to++, from++) store<u8>(to, load<u8>(from));
}

function copyElements<T>(to: usize, from: usize, length: i32, toStep: i32, fromStep: i32): void {
  for (; length > 0; length--) {
    store<T>(to, load<T>(from));
    to += <usize>toStep * sizeof<T>();
    from += <usize>fromStep * sizeof<T>();
  }
}
