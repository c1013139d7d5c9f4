import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { loadModel } from 'mapache/io';
import { test } from 'vitest';
import { expectOrderly, type SoundFile, soundFiles, soundModel, tampered } from '../../support/hostile-files.js';
import { dataPath, describeWithData } from '../../support/shared-data.js';

const written = await soundFiles();
const { files: parts } = await soundModel().save('memory', { shardSize: 100 });
const text = new TextDecoder().decode(parts['model.json']);
const json: SoundFile = {
  bytes: new TextEncoder().encode(text),
  read: (bytes) => loadModel({ ...parts, 'model.json': bytes }),
};
const runs = 4000;

test.each([...written, ['model.json', json] as const])(
  'a tampered %s file is refused in an orderly way, or loads',
  async (_, { bytes, read }) => {
    await fc.assert(
      fc.asyncProperty(tampered(bytes), (changed) => expectOrderly(bytes.length, () => read(changed))),
      { numRuns: runs },
    );
  },
);

describeWithData('files that Keras wrote', () => {
  const names = ['transfer_frozen.h5', 'seq_mlp.h5', 'nested_sequential.keras', 'func_cnn.keras'];
  test.each(names)('%s, tampered with, is refused in an orderly way, or loads', async (name) => {
    const bytes = new Uint8Array(readFileSync(dataPath('goldens', 'savefiles', name)));
    await fc.assert(
      fc.asyncProperty(tampered(bytes), (changed) => expectOrderly(bytes.length, () => loadModel(changed))),
      { numRuns: runs / 4 },
    );
  });

  test.each(names)('%s, cut short anywhere, is refused in an orderly way', async (name) => {
    const bytes = new Uint8Array(readFileSync(dataPath('goldens', 'savefiles', name)));
    for (let end = 0; end < bytes.length; end += 97) {
      await expectOrderly(bytes.length, () => loadModel(bytes.slice(0, end)));
    }
  });
});
