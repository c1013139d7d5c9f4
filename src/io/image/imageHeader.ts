import { readOrientation } from './exifOrientation.js';

/** Formats that all decoders know. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif';

/** What the first bytes of a picture say. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Pixels in a row as they are stored, before the picture is turned upright. */
  readonly width: number;
  readonly height: number;
  /** EXIF's number from 1, upright, to 8. */
  readonly orientation: number;
}

/**
 * Tells formats by their first bytes, whatever the file is called. `null` for others and for files that end before they
 * say how large the picture is.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return jpegHeader(view);
    if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return pngHeader(view);
    if (hasTag(view, 0, 'RIFF') && hasTag(view, 8, 'WEBP')) return webpHeader(view);
    if (hasTag(view, 0, 'GIF8')) return gifHeader(view);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether the four letters stand there. */
export function hasTag(view: DataView, at: number, tag: string): boolean {
  return at + 4 <= view.byteLength && [...tag].every((letter, i) => view.getUint8(at + i) === letter.charCodeAt(0));
}

function startsWith(bytes: Uint8Array, at: number, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[at + i] === byte);
}

/** Segments: a marker, and a length that counts itself. The size stands in the frame's, before the pixels. */
function jpegHeader(view: DataView): ImageHeader {
  let orientation = 1;
  for (let at = 2; ; ) {
    const marker = view.getUint16(at);
    // Bytes of 0xff may fill the space before a marker.
    if (marker === 0xffff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xffe1 && hasTag(view, at + 4, 'Exif'))
      orientation = readOrientation(part(view, at + 10, length - 8));
    // Frames are 0xc0 to 0xcf, but for the tables of Huffman and arithmetic codes and a reserved one.
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) {
      return { format: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5), orientation };
    }
    at += 2 + length;
  }
}

/** Chunks: length, tag, content, checksum. The first one holds the size. */
function pngHeader(view: DataView): ImageHeader {
  let orientation = 1;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  for (let at = 8; at + 8 <= view.byteLength && !hasTag(view, at + 4, 'IEND'); ) {
    const length = view.getUint32(at);
    if (hasTag(view, at + 4, 'eXIf')) orientation = readOrientation(part(view, at + 8, length));
    at += 12 + length;
  }
  return { format: 'png', ...size, orientation };
}

/** Chunks: tag, length, content, filled up to an even length. */
function webpHeader(view: DataView): ImageHeader | null {
  let size: { readonly width: number; readonly height: number } | null = null;
  let orientation = 1;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at + 4, true);
    if (size === null && hasTag(view, at, 'VP8X')) {
      size = { width: uint24(view, at + 12) + 1, height: uint24(view, at + 15) + 1 };
    } else if (size === null && hasTag(view, at, 'VP8 ')) {
      size = { width: view.getUint16(at + 14, true) & 0x3fff, height: view.getUint16(at + 16, true) & 0x3fff };
    } else if (size === null && hasTag(view, at, 'VP8L')) {
      const bits = view.getUint32(at + 9, true);
      size = { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    } else if (hasTag(view, at, 'EXIF')) {
      const prefix = hasTag(view, at + 8, 'Exif') ? 6 : 0;
      orientation = readOrientation(part(view, at + 8 + prefix, length - prefix));
    }
    at += 8 + length + (length & 1);
  }
  return size === null ? null : { format: 'webp', ...size, orientation };
}

function gifHeader(view: DataView): ImageHeader {
  return { format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true), orientation: 1 };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** `length` bytes from there on, or as many as there are. */
function part(view: DataView, at: number, length: number): DataView {
  return new DataView(view.buffer, view.byteOffset + at, Math.max(0, Math.min(length, view.byteLength - at)));
}
