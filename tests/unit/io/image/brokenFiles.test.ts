import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageFolder } from 'mapache/io';
import { layers, sequential } from 'mapache/layers';
import sharp, { type Sharp } from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/sandbox.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A photograph of something: noise, mostly red or mostly blue. */
function photo(label: number, seed: number): Sharp {
  const data = Uint8Array.from({ length: 24 * 32 * 3 }, (_, i) => {
    const noise = (i * 7919 + seed * 104_729) % 97;
    return noise + (i % 3 === 2 * label ? 150 : 0);
  });
  return sharp(data, { raw: { width: 32, height: 24, channels: 3 } });
}

it('trains on the rest of a folder in which one file in twenty is broken, and lists every one of those', async () => {
  const broken: string[] = [];
  for (const [label, name] of ['red fox', 'blåmes'].entries()) {
    mkdirSync(join(folder, name));
    for (let i = 0; i < 100; i++) {
      const jpeg = await photo(label, i).jpeg().toBuffer();
      const png = await photo(label, i).png().toBuffer();
      const contents: Readonly<Record<number, readonly [string, Uint8Array | string]>> = {
        // A picture under another format's name is one all the same.
        3: ['misnamed.jpg', png],
        4: ['misnamed.png', jpeg],
        11: ['truncated.jpg', jpeg.subarray(0, jpeg.length - 200)],
        32: ['truncated.png', png.subarray(0, png.length / 2)],
        53: ['empty.jpg', ''],
        74: ['page.jpg', '<html><body>404</body></html>'],
        95: ['notes.txt', 'remember the milk'],
      };
      const [file, content] = contents[i] ?? [`${i}.jpg`, jpeg];
      writeFileSync(join(folder, name, file), content);
      if (i > 10 && contents[i] !== undefined) broken.push(`${name}/${file}`);
    }
  }
  expect(broken).toHaveLength(10);

  const { train, validation, skipped } = await imageFolder(folder, { size: [12, 16], validationSplit: 0.2, seed: 3 });
  expect(skipped.map(({ file }) => file).sort()).toEqual([...broken].sort());
  for (const { file, reason } of skipped) expect(reason, file).not.toBe('');
  expect(train.size + (validation?.size ?? 0)).toBe(190);

  const net = sequential([
    layers.inputLayer({ shape: [12, 16, 3] }),
    layers.rescaling({ scale: 1 / 255 }),
    layers.globalAveragePooling2d(),
    layers.dense({ units: 2, activation: 'softmax' }),
  ]);
  net.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy', metrics: ['accuracy'] });
  const { history } = await net.fit(train, { epochs: 2, validationData: validation ?? train, verbose: 0 });
  expect(history.loss).toHaveLength(2);
  expect(history.loss?.every(Number.isFinite)).toBe(true);
});
