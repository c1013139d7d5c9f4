import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvImages } from 'mapache/io';
import { ArgumentError, type Tensor } from 'mapache/tensor';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/sandbox.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads pictures that a table lists, and reports rows that it leaves out', async () => {
  for (const [name, value] of Object.entries({ 'a b.png': 1, 'c,d.png': 2, 'é.png': 3 })) {
    const raw = { width: 1, height: 1, channels: 3 } as const;
    await sharp(Uint8Array.of(value, value, value), { raw })
      .png()
      .toFile(join(folder, name));
  }
  const table = join(folder, 'table.csv');
  const rows = [
    'a b.png;tanuki',
    '"c,d.png";raccoon',
    'é.png;tanuki',
    'none.png;tanuki',
    ';raccoon',
    'é.png;',
    '../x.png;tanuki',
  ];
  writeFileSync(table, `\ufefffile;kind\r\n${rows.join('\r\n')}\r\n`);
  const columns = { imageColumn: 'file', labelColumn: 'kind' };
  const { train, classNames, skipped } = await csvImages(table, { size: [1, 1], ...columns });
  expect([classNames, train.files, [...train.labels]]).toEqual([
    ['raccoon', 'tanuki'],
    ['a b.png', 'c,d.png', 'é.png'],
    [1, 0, 1],
  ]);
  const { x } = await train.gather(Int32Array.of(0, 1, 2));
  expect([...(await (x as Tensor).data())].filter((_, i) => i % 3 === 0)).toEqual([1, 2, 3]);
  expect(Object.fromEntries(skipped.map(({ file, reason }) => [file, reason]))).toEqual({
    'row 5': 'a row without a picture',
    'é.png': "a row with the class '', which is none",
    '../x.png': `not in the folder '${folder}'`,
    'none.png': 'no such file',
  });
  await expect(csvImages(table, { size: [1, 1] })).rejects.toThrow(ArgumentError);
});
