/**
 * Writes the pictures that `pretrain.py` and `measure.py` read, as raw bytes:
 *
 *     npx tsx examples/digits/pretrain/export_pictures.ts OUTPUT_FOLDER [PER_CLASS]
 *
 * Each set is `NAME.images` (uint8, N x 40 x 40 x 3) and `NAME.labels` (uint8, N). `PER_CLASS` is the number of pretraining
 * pictures of each of the digits 0 to 4 (default 20,000: 480 MB).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePictures, type PicturesOptions } from '../pictures.js';

const known = [0, 1, 2, 3, 4];
const fresh = [5, 6, 7, 8, 9];

function exportPictures(folder: string, name: string, options: PicturesOptions): void {
  const { images, labels, shape } = makePictures(options);
  writeFileSync(join(folder, `${name}.images`), Uint8Array.from(images));
  writeFileSync(join(folder, `${name}.labels`), Uint8Array.from(labels));
  console.log(`${name}: ${shape.join(' x ')}`);
}

const [folder, perClass = '20000'] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: export_pictures.ts OUTPUT_FOLDER [PER_CLASS]');
mkdirSync(folder, { recursive: true });

// Pretraining comes in parts, so that one part's float32 pictures fit into memory.
const parts = 10;
for (let part = 0; part < parts; part++) {
  const options = {
    digits: known,
    perClass: Math.ceil(Number(perClass) / parts),
    seed: 1000 + part,
    split: 'pretrain',
  } as const;
  exportPictures(folder, `pretrain-${part}`, options);
}
exportPictures(folder, 'validation', { digits: known, perClass: 300, seed: 2000, split: 'test' });
for (const seed of [1, 2, 3]) {
  for (const perClass of [20, 40])
    exportPictures(folder, `train-${perClass}-${seed}`, { digits: fresh, perClass, seed, split: 'train' });
  exportPictures(folder, `test-${seed}`, { digits: fresh, perClass: 300, seed: 100 + seed, split: 'test' });
}
