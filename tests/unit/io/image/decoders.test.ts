import { crc32, deflateSync } from 'node:zlib';
import { ImageDecodeError, loadImages } from 'mapache/io';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeImage } from '../../../../src/io/image/decodeImage.js';
import { chooseDecoder } from '../../../../src/io/image/decoders/chooseDecoder.js';
import type { Decoder } from '../../../../src/io/image/decoders/decoder.js';
import { maxPixels, type Picture } from '../../../../src/io/image/picture.js';

const [width, height] = [37, 23];

/** Hills, so that JPEG and the colours of half size have something to do. */
function sample(x: number, y: number, channel: number): number {
  const hill = Math.sin(x / (3 + channel)) * Math.cos(y / (4 - channel / 2));
  return Math.round(127.5 + (channel === 3 ? 127 : 100) * hill);
}

function photo(channels: 1 | 2 | 3 | 4 = 3): Sharp {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return sample(pixel % width, Math.floor(pixel / width), i % channels);
  });
  const image = sharp(data, { raw: { width, height, channels } });
  return channels < 3 ? image.toColourspace('b-w') : image;
}

function deep(channels: 1 | 3): Sharp {
  const data = Uint16Array.from({ length: width * height * channels }, (_, i) => (i * 977) & 0xffff);
  return sharp(data, { raw: { width, height, channels } }).toColourspace(channels === 1 ? 'grey16' : 'rgb16');
}

/** Two frames of the same size, one above the other, as sharp takes them. */
function moving(): Sharp {
  const channels = 4;
  const data = Uint8Array.from({ length: width * height * 2 * channels }, (_, i) =>
    i % 4 === 3 ? 255 : (i >> 5) & 255,
  );
  return sharp(data, { raw: { width, height: 2 * height, channels, pageHeight: height } });
}

/** A grey PNG of less than 8 bits, which sharp does not write. */
function shallowPng(depth: 1 | 2 | 4): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const rows = Uint8Array.from({ length: (rowBytes + 1) * height }, (_, i) =>
    i % (rowBytes + 1) === 0 ? 0 : (i * 151) & 255,
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(tag: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(tag, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

const kinds: Readonly<Record<string, () => Promise<Uint8Array> | Uint8Array>> = {
  'JPEG with colours of full size': () => photo().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
  'JPEG with colours of half size': () => photo().jpeg().toBuffer(),
  'progressive JPEG': () => photo().jpeg({ progressive: true }).toBuffer(),
  'grey JPEG': () => photo(1).jpeg().toBuffer(),
  PNG: () => photo().png().toBuffer(),
  'PNG with alpha': () => photo(4).png().toBuffer(),
  'grey PNG': () => photo(1).png().toBuffer(),
  'grey PNG with alpha': () => photo(2).png().toBuffer(),
  'PNG with a palette': () => photo().png({ palette: true }).toBuffer(),
  'PNG with a small palette': () => photo().png({ palette: true, colours: 7 }).toBuffer(),
  'PNG with a palette and alpha': () => photo(4).png({ palette: true }).toBuffer(),
  'interlaced PNG': () => photo().png({ progressive: true }).toBuffer(),
  'PNG of 16 bits': () => deep(3).png().toBuffer(),
  'grey PNG of 16 bits': () => deep(1).png().toBuffer(),
  'grey PNG of 1 bit': () => shallowPng(1),
  'grey PNG of 2 bits': () => shallowPng(2),
  'grey PNG of 4 bits': () => shallowPng(4),
  WebP: () => photo().webp().toBuffer(),
  'lossless WebP': () => photo().webp({ lossless: true }).toBuffer(),
  'WebP with alpha': () => photo(4).webp({ lossless: true, exact: true }).toBuffer(),
  'moving WebP': () => moving().webp({ lossless: true }).toBuffer(),
  GIF: () => photo().gif().toBuffer(),
  'moving GIF': () => moving().gif().toBuffer(),
};

describe('decoders that need nothing native', () => {
  let native: Decoder;
  let plain: Decoder;
  beforeAll(async () => {
    native = await chooseDecoder('test', 'sharp');
    plain = await chooseDecoder('test', 'javascript');
  });

  it.each(Object.keys(kinds))('give the same pixels as sharp: %s', async (kind) => {
    const bytes = new Uint8Array(await (kinds[kind] as () => Promise<Uint8Array>)());
    const expected = await decodeImage(bytes, kind, native);
    const picture = await decodeImage(bytes, kind, plain);
    expect([picture.width, picture.height]).toEqual([width, height]);
    expect(largestDifference(picture, expected)).toBe(0);
  });

  it.each(
    (['jpeg', 'png', 'webp'] as const).flatMap((format) =>
      [1, 2, 3, 4, 5, 6, 7, 8].map((turn) => [format, turn] as const),
    ),
  )('turn a %s of orientation %i upright', async (format, orientation) => {
    const bytes = await photo().withMetadata({ orientation })[format]().toBuffer();
    const expected = await decodeImage(bytes, 'turned', native);
    const picture = await decodeImage(bytes, 'turned', plain);
    expect([picture.width, picture.height]).toEqual(orientation > 4 ? [height, width] : [width, height]);
    expect(largestDifference(picture, expected)).toBe(0);
  });

  it('say what a JPEG in four colours needs, and go on with the next one', async () => {
    const cmyk = new Uint8Array(await photo().toColourspace('cmyk').jpeg().toBuffer());
    await expect(decodeImage(cmyk, 'print.jpg', plain)).rejects.toThrow('CMYK, which needs the package sharp');
    await expect(decodeImage(cmyk, 'print.jpg', native)).resolves.toMatchObject({ width, height });
    const next = new Uint8Array(await photo().jpeg().toBuffer());
    await expect(decodeImage(next, 'next.jpg', plain)).resolves.toMatchObject({ width, height });
  });

  it('tell one picture from another when they come all at once', async () => {
    const whole = new Uint8Array(await photo().jpeg().toBuffer());
    const cut = whole.subarray(0, whole.length - 200);
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => decodeImage(i % 3 === 1 ? cut : whole, `${i}`, plain)),
    );
    expect(results.map(({ status }) => status === 'rejected')).toEqual(results.map((_, i) => i % 3 === 1));
  });

  it('say which formats need sharp', async () => {
    const tiff = new Uint8Array(await photo().tiff().toBuffer());
    await expect(decodeImage(tiff, 'scan.tiff', plain)).rejects.toThrow('need the package sharp');
  });
});

describe.each(['sharp', 'javascript'] as const)('hostile pictures, by %s', (choice) => {
  let decoder: Decoder;
  beforeAll(async () => {
    decoder = await chooseDecoder('test', choice);
  });

  it.each(['JPEG with colours of half size', 'PNG', 'lossless WebP', 'GIF'])(
    'end well wherever a %s is cut',
    async (kind) => {
      const whole = new Uint8Array(await (kinds[kind] as () => Promise<Uint8Array>)());
      for (let end = 0; end < whole.length; end += Math.ceil(whole.length / 20)) {
        const error = await decodeImage(whole.subarray(0, end), 'cut', decoder).catch((reason: unknown) => reason);
        expect(error, `${end} of ${whole.length} bytes`).toBeInstanceOf(ImageDecodeError);
      }
    },
  );

  it.each([
    ['JPEG with colours of half size', 60_000],
    ['PNG', 100_000],
    ['GIF', 60_000],
    ['moving WebP', 100_000],
  ])('are refused if a %s claims to be huge', async (kind, size) => {
    const bytes = new Uint8Array(await (kinds[kind] as () => Promise<Uint8Array>)());
    const bomb = claiming(bytes, size);
    await expect(decodeImage(bomb, 'bomb', decoder)).rejects.toThrow(`more than ${maxPixels}`);
  });
});

describe('which decoder', () => {
  it('is JavaScript where sharp is not installed', async () => {
    const bytes = new Uint8Array(await photo().png().toBuffer());
    const size = [height, width] as const;
    const expected = await loadImages([bytes], { size, decoder: 'sharp' });
    vi.resetModules();
    vi.doMock('sharp', () => {
      throw new Error("Cannot find package 'sharp'");
    });
    try {
      const io = await import('mapache/io');
      const x = await io.loadImages([bytes], { size });
      expect(await x.data()).toEqual(await expected.data());
      const error = await io.loadImages([bytes], { size, decoder: 'sharp' }).catch((reason: unknown) => reason);
      expect((error as Error).message).toContain('npm install sharp');
    } finally {
      vi.doUnmock('sharp');
      vi.resetModules();
    }
  });
});

function largestDifference(a: Picture, b: Picture): number {
  expect(a.data.length).toBe(b.data.length);
  return Array.from(a.data).reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] as number))), 0);
}

/** The same file with another size in its header. */
function claiming(bytes: Uint8Array, size: number): Uint8Array {
  const copy = Buffer.from(bytes);
  if (copy.subarray(0, 3).toString('latin1') === 'GIF') {
    copy.writeUInt16LE(size, 6);
    copy.writeUInt16LE(size, 8);
  } else if (copy.subarray(1, 4).toString('latin1') === 'PNG') {
    copy.writeUInt32BE(size, 16);
    copy.writeUInt32BE(size, 20);
    copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29);
  } else if (copy.subarray(8, 12).toString('latin1') === 'WEBP') {
    copy.writeUIntLE(size - 1, 24, 3);
    copy.writeUIntLE(size - 1, 27, 3);
  } else {
    const frame = copy.indexOf(Buffer.from([0xff, 0xc0]));
    copy.writeUInt16BE(size, frame + 5);
    copy.writeUInt16BE(size, frame + 7);
  }
  return copy;
}
