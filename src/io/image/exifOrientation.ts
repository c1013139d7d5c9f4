const orientationTag = 0x0112;
const short = 3;

/**
 * How a picture has to be turned to stand upright, from its EXIF data: a TIFF file without a picture, in which the first
 * directory holds entries of twelve bytes: tag, type, count, value.
 * @returns 1 to 8; 1, which stands for upright, if the data say nothing or make no sense.
 */
export function readOrientation(exif: DataView): number {
  if (exif.byteLength < 8) return 1;
  const order = exif.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const directory = exif.getUint32(4, little);
  if (directory + 2 > exif.byteLength) return 1;
  const count = exif.getUint16(directory, little);
  for (let at = directory + 2; at + 12 <= exif.byteLength && at < directory + 2 + 12 * count; at += 12) {
    if (exif.getUint16(at, little) !== orientationTag || exif.getUint16(at + 2, little) !== short) continue;
    const orientation = exif.getUint16(at + 8, little);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  }
  return 1;
}
