import { zipSync } from 'fflate';
import { ModelFormatError } from 'mapache/io';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../../src/io/zip/readZip.js';
import { find } from '../../../support/hdf5-files.js';

const text = new TextEncoder().encode('{"class_name": "Functional", "class_name": "Functional"}');
const files = { 'config.json': text, 'assets/words.txt': new Uint8Array([1, 2, 3]) };

/** Where the archive says how large its first member is. */
function sizeIn(archive: Uint8Array): number {
  return find(archive, 'PK\x01\x02') + 24;
}

async function withSize(size: number, content: Uint8Array = text): Promise<unknown> {
  const archive = zipSync({ x: content });
  new DataView(archive.buffer).setUint32(sizeIn(archive), size, true);
  return (await readZip('x.keras', archive)).get('x')?.read();
}

describe('a zip archive', () => {
  it.each([0, 6] as const)('gives its members, at level %i', async (level) => {
    const entries = await readZip('x.keras', zipSync(files, { level }));
    expect([...entries.keys()]).toEqual(Object.keys(files));
    expect(entries.get('config.json')?.size).toBe(text.length);
    expect(await entries.get('config.json')?.read()).toEqual(text);
    expect(await entries.get('assets/words.txt')?.read()).toEqual(files['assets/words.txt']);
  });

  it('is refused when it ends early', async () => {
    const archive = zipSync(files);
    for (let end = 0; end < archive.length; end++) {
      await expect(readZip('x.keras', archive.slice(0, end))).rejects.toThrow(ModelFormatError);
    }
  });

  it('is refused when it is a bomb', async () => {
    const bomb = zipSync({ 'config.json': new Uint8Array(2 ** 23) }, { level: 1 });
    await expect(readZip('x.keras', bomb)).rejects.toThrow('once they are unpacked');
  });

  it('is refused when it says less or more of a size than is so', async () => {
    await expect(withSize(text.length + 1)).rejects.toThrow(ModelFormatError);
    await expect(withSize(2 ** 32 - 2)).rejects.toThrow(ModelFormatError);
  });

  it('has no more of a member than it says', async () => {
    expect(await withSize(10, new Uint8Array(2 ** 16))).toEqual(new Uint8Array(10));
  });

  it('is refused when two members have one name', async () => {
    const archive = zipSync({ a: text, b: text });
    const second = find(archive, 'b', find(archive, 'PK\x01\x02'));
    archive[second] = 'a'.charCodeAt(0);
    await expect(readZip('x.keras', archive)).rejects.toThrow("two called 'a'");
  });

  it('is refused when a member is compressed in another way', async () => {
    const archive = zipSync({ x: text });
    archive[find(archive, 'PK\x01\x02') + 10] = 12;
    const entries = await readZip('x.keras', archive);
    await expect(entries.get('x')?.read()).rejects.toThrow(ModelFormatError);
  });
});
