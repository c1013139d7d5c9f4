import { hasTag } from '../imageHeader.js';

/** A frame of a moving WebP. */
export interface WebpFrame {
  /** Size of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** Where the frame begins in it. */
  readonly left: number;
  readonly top: number;
  /** The frame as a file of its own. */
  readonly file: Uint8Array<ArrayBuffer>;
}

const headerSize = 24;

/** The first frame of a WebP that moves; `null` for one that does not. @throws if the file ends within it. */
export function firstFrame(bytes: Uint8Array): WebpFrame | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (!hasTag(view, 12, 'VP8X')) return null;
  const [width, height] = [uint24(24) + 1, uint24(27) + 1];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length;
    if (hasTag(view, at, 'ANMF')) {
      if (end > bytes.length || length < headerSize) throw new Error('a WebP that ends within its first frame');
      const size = [bytes.subarray(at + 14, at + 17), bytes.subarray(at + 17, at + 20)] as const;
      const content = bytes.subarray(at + headerSize, end);
      return { width, height, left: 2 * uint24(at + 8), top: 2 * uint24(at + 11), file: wrapFrame(size, content) };
    }
    at = end + (length & 1);
  }
  return null;
}

/** Chunks of a frame, alpha and colours, in a file of that size. */
function wrapFrame([width, height]: readonly [Uint8Array, Uint8Array], content: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(30 + content.length);
  const view = new DataView(file.buffer);
  const write = (at: number, text: string): void => file.set(new TextEncoder().encode(text), at);
  write(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  write(8, 'WEBPVP8X');
  view.setUint32(16, 10, true);
  // The flag says that there may be alpha.
  file[20] = 0x10;
  file.set(width, 24);
  file.set(height, 27);
  file.set(content, 30);
  return file;
}
