import { expect, test } from 'vitest';
import { describeWithData, readJson } from '../support/shared-data.js';
import { withKeras } from './support/keras.js';

describeWithData('the Keras that tests talk to', () => {
  const keras = withKeras();

  test('is the one that made the goldens', async () => {
    const { versions } = readJson<{ versions: Record<string, unknown> }>('goldens', 'layers', 'manifest.json');
    const { keras: kerasVersion, tensorflow } = versions;
    expect(await keras().versions()).toMatchObject({ keras: kerasVersion, tensorflow });
  });
});
