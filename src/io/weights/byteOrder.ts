const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Files are little-endian. Turns numbers of `width` bytes around, in place, on hosts that are not. */
export function swapToHost(bytes: Uint8Array<ArrayBuffer>, width: number): Uint8Array<ArrayBuffer> {
  if (littleEndian || width === 1) return bytes;
  for (let i = 0; i < bytes.length; i += width) bytes.subarray(i, i + width).reverse();
  return bytes;
}
