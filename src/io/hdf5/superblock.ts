import type { Hdf5Bytes } from './hdf5Bytes.js';

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes begin as an HDF5 file does. */
function isHdf5(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** Where the header of the root group is. Versions 0 and 1 of the superblock, and 2 and 3. */
export function rootAddress(file: Hdf5Bytes): number {
  if (!isHdf5(file.bytes)) throw file.error('an HDF5 file', 'another one', 'Is it the right file?');
  const version = file.u8(8);
  const isOld = version <= 1;
  if (version > 3) throw file.unsupported(`version ${version} of its superblock`);
  const sizes = isOld ? [file.u8(13), file.u8(14)] : [file.u8(9), file.u8(10)];
  if (sizes.some((size) => size !== 8)) throw file.unsupported(`addresses of ${sizes[0]} bytes`);
  const start = isOld ? 24 + (version === 1 ? 4 : 0) : 12;
  const base = file.u64(start);
  if (base !== 0) throw file.unsupported(`a base address of ${base}`);
  // Versions 0 and 1: four addresses, then an entry of a symbol table whose second field is the header.
  return file.u64(start + (isOld ? 32 + 8 : 24));
}
