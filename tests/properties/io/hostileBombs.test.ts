import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { loadModel, ModelFormatError } from 'mapache/io';
import { describe, expect, it } from 'vitest';
import { allowance, knowsPeaks, peakOf } from '../../support/peak-memory.js';
import { smallModel } from '../../support/saved-models.js';

const encoder = new TextEncoder();
const config = encoder.encode(JSON.stringify({ class_name: 'Sequential', config: { name: 's', layers: [] } }));

/** Reads something of `size` bytes in time and with no more memory than it may take, and says how it failed. */
async function attempt(size: number, read: () => Promise<unknown>): Promise<unknown> {
  const begin = performance.now();
  let error: unknown = null;
  const peak = await peakOf(async () => {
    error = await read().then(
      () => null,
      (reason: unknown) => reason,
    );
  });
  expect(performance.now() - begin).toBeLessThan(2000);
  expect(peak).toBeLessThan(allowance(size));
  return error;
}

/** An archive whose index says what it likes about the size of its only member. */
function claiming(packed: Uint8Array, method: number, size: number): Uint8Array {
  const name = encoder.encode('config.json');
  const header = new DataView(new ArrayBuffer(30));
  header.setUint32(0, 0x04034b50, true);
  header.setUint16(26, name.length, true);
  const entry = new DataView(new ArrayBuffer(46));
  entry.setUint32(0, 0x02014b50, true);
  entry.setUint16(10, method, true);
  entry.setUint32(20, packed.length, true);
  entry.setUint32(24, size, true);
  entry.setUint16(28, name.length, true);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, 1, true);
  end.setUint16(10, 1, true);
  end.setUint32(12, 46 + name.length, true);
  end.setUint32(16, 30 + name.length + packed.length, true);
  const parts = [header, name, packed, entry, name, end].map((part) =>
    part instanceof DataView ? new Uint8Array(part.buffer) : part,
  );
  return new Uint8Array(Buffer.concat(parts));
}

it.runIf(knowsPeaks)('memory that is held for a moment is noticed', async () => {
  const peak = await peakOf(async () => new Uint8Array(2 ** 26).fill(1).at(-1));
  expect(peak).toBeGreaterThan(0.9 * 2 ** 26);
});

describe('archives', () => {
  const zeros = new Uint8Array(deflateRawSync(new Uint8Array(64 * 2 ** 20)));

  it.each([
    ['a member of 64 MB in 64 kB', claiming(zeros, 8, 64 * 2 ** 20)],
    ['a member that claims 4 GB', claiming(zeros, 8, 0xfffffffe)],
    ['a member that claims less than comes out', claiming(zeros, 8, 1000)],
    ['a member that claims more than it has', claiming(config, 0, config.length + 100)],
    ['a member packed in an unknown way', claiming(config, 12, config.length)],
    [
      'an end that claims 65,535 members',
      Uint8Array.from([
        ...encoder.encode('PK\x03\x04'),
        ...new Uint8Array(40),
        0x50,
        0x4b,
        5,
        6,
        0,
        0,
        0,
        0,
        0xfe,
        0xff,
        0xfe,
        0xff,
        ...new Uint8Array(10),
      ]),
    ],
    ['no member', zipSync({})],
    ['no description', zipSync({ 'model.weights.h5': new Uint8Array(8) })],
    ['no weights', zipSync({ 'config.json': config })],
    ['weights that are none', zipSync({ 'config.json': config, 'model.weights.h5': encoder.encode('hello') })],
  ])('with %s are refused', async (_, bytes) => {
    expect(await attempt(bytes.length, () => loadModel(bytes))).toBeInstanceOf(ModelFormatError);
  });

  it('may be compressed', async () => {
    const { files } = await smallModel().save('memory', { format: 'keras' });
    const { unzipSync } = await import('fflate');
    const packed = zipSync(unzipSync(files['model.keras'] as Uint8Array), { level: 9 });
    expect((await loadModel(packed)).countParams()).toBe(8);
  });

  it('may have members that nobody asks for, whatever their names', async () => {
    const { files } = await smallModel().save('memory', { format: 'keras' });
    const { unzipSync } = await import('fflate');
    const members = unzipSync(files['model.keras'] as Uint8Array);
    const packed = zipSync({ ...members, 'assets/../../../etc/passwd': encoder.encode('x'), __proto__: {} });
    expect((await loadModel(packed)).countParams()).toBe(8);
  });
});

describe('descriptions', () => {
  const deep = (open: string, close: string) => `${open.repeat(100_000)}${close.repeat(100_000)}`;

  it.each([deep('[', ']'), deep('{"a":', '}'), deep('[', '')])('100,000 deep are refused', async (text) => {
    expect(await attempt(text.length, () => loadModel({ 'model.json': text }))).toBeInstanceOf(ModelFormatError);
    const archive = zipSync(
      { 'config.json': encoder.encode(text), 'model.weights.h5': new Uint8Array(8) },
      { level: 0 },
    );
    expect(await attempt(archive.length, () => loadModel(archive))).toBeInstanceOf(ModelFormatError);
  });

  it.each(['../secret.bin', '/etc/passwd', 'C:\\x', 'a/../../b', '%2e%2e%2fsecret', 'file:///etc/passwd', 'a\0b'])(
    'may not name the file %j',
    async (path) => {
      const { files } = await smallModel().save('memory');
      const json = JSON.parse(new TextDecoder().decode(files['model.json']));
      json.weightsManifest[0].paths = [path];
      expect(await attempt(2 ** 12, () => loadModel({ ...files, 'model.json': json }))).toBeInstanceOf(
        ModelFormatError,
      );
    },
  );
});

describe('safetensors', () => {
  const file = (header: unknown, data = 8): Uint8Array => {
    const text = encoder.encode(JSON.stringify(header));
    const bytes = new Uint8Array(8 + text.length + data);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  };
  const weight = (shape: readonly unknown[], begin: unknown, end: unknown, dtype = 'F32') => ({
    dtype,
    shape,
    data_offsets: [begin, end],
  });

  it.each([
    ['beyond the file', { a: weight([4], 0, 16) }],
    ['of a size that is not its shape', { a: weight([3], 0, 8) }],
    ['of negative size', { a: weight([-2], 8, 0) }],
    ['of a huge size', { a: weight([2 ** 40, 2 ** 40], 0, 8) }],
    ['of an unknown kind', { a: weight([2], 0, 8, 'constructor') }],
    ['over each other', { a: weight([2], 0, 8), b: weight([1], 4, 8) }],
  ])('with weights %s are refused', async (_, header) => {
    expect(await attempt(file(header).length, () => smallModel().loadWeights(file(header)))).toBeInstanceOf(
      ModelFormatError,
    );
  });
});
