import { concat } from './protobuf.js';

// CRC-32C (Castagnoli), bit by bit from the lowest.
const polynomial = 0x82f63b78;
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  return value >>> 0;
});

export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = ((table[(crc ^ byte) & 255] as number) ^ (crc >>> 8)) >>> 0;
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * One record of a TFRecord file: length (64 bits), its checksum, the bytes, their checksum. Checksums are CRC-32C turned by
 * 15 bits, plus a constant, so that a file of records in a record is none of checksums of checksums.
 */
export function record(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), true);
  return concat([length, masked(length), bytes, masked(bytes)]);
}

function masked(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  const turned = ((crc >>> 15) | (crc << 17)) >>> 0;
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, (turned + 0xa282ead8) >>> 0, true);
  return out;
}
