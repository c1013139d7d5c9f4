import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageFolder } from 'mapache/io';
import { layers, sequential } from 'mapache/layers';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { knowsPeaks, peakOf } from '../../../support/peak-memory.js';
import { temporaryFolder } from '../../../support/sandbox.js';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder of so many pictures in two classes. */
async function photos(name: string, count: number): Promise<string> {
  for (const [label, background] of ['#aa3311', '#1133aa'].entries()) {
    const folder = join(root, name, `class ${label}`);
    mkdirSync(folder, { recursive: true });
    const first = join(folder, '0.jpg');
    writeFileSync(
      first,
      await sharp({ create: { width: 96, height: 80, channels: 3, background } })
        .jpeg()
        .toBuffer(),
    );
    for (let i = 1; i < count / 2; i++) linkSync(first, join(folder, `${i}.jpg`));
  }
  return join(root, name);
}

/** Trains for two epochs on a folder, of which so many bytes of pictures may be kept. */
async function train(folder: string, memory: number): Promise<number> {
  const data = await imageFolder(folder, { size: [64, 64], memory });
  const net = sequential([
    layers.inputLayer({ shape: [64, 64, 3] }),
    layers.globalAveragePooling2d(),
    layers.dense({ units: 2, activation: 'softmax' }),
  ]);
  net.compile({ optimizer: 'sgd', loss: 'sparse_categorical_crossentropy' });
  await net.fit(data.train, { epochs: 2, verbose: 0 });
  return data.train.size;
}

// 20,000 pictures of 64 x 64 pixels are 983 MB.
test.skipIf(!knowsPeaks).each([64, 256])(
  'pictures that do not fit take at most a fifth more than their budget of %i MB',
  async (megabytes) => {
    const [many, few] = [await photos(`many ${megabytes}`, 20_000), await photos(`few ${megabytes}`, 200)];
    const budget = megabytes * 2 ** 20;
    // The engine, the decoder and the code: what training takes however few the pictures are.
    await train(few, 2 ** 20);
    await train(few, 2 ** 20);
    let size = 0;
    const peak = await peakOf(async () => {
      size = await train(many, budget);
    });
    console.info(`${size} pictures, budget ${megabytes} MB: ${Math.round(peak / 2 ** 20)} MB more than before`);
    expect(size).toBe(20_000);
    expect(peak).toBeLessThan(1.2 * budget);
  },
);
