import { readFileSync } from 'node:fs';
import { loadModel } from 'mapache/io';
import { resize, tensor } from 'mapache/tensor';
import { gradCam } from 'mapache/transfer';
import { expect, test } from 'vitest';
import { goldenBatch, realModel } from '../support/real-models.js';
import { relativeError } from '../support/relative-error.js';
import { dataPath, describeWithData } from '../support/shared-data.js';

/** What the recipe of keras.io made of pictures; the script beside the file says how. */
interface Golden {
  readonly cases: readonly {
    readonly picture: number;
    readonly classIndex: number;
    /** Whether this is the class that the picture is taken for. */
    readonly predicted: boolean;
    readonly heat: readonly (readonly number[])[];
  }[];
}

const { cases } = JSON.parse(readFileSync(new URL('writers/grad_cam.json', import.meta.url), 'utf8')) as Golden;

describeWithData("the heat maps of Keras's Grad-CAM", () => {
  test.each([true, false])('are those of gradCam, for MobileNet and predicted classes (%s)', async (predicted) => {
    const chosen = cases.filter((entry) => entry.predicted === predicted);
    const model = await loadModel(dataPath('models', 'mobilenet_v1_0.25_224'));
    const { x } = goldenBatch(realModel('mobilenet_v1_0.25_224'), chosen.length);
    expect(chosen.map(({ picture }) => picture)).toEqual([0, 1, 2, 3]);
    const heat = await gradCam(model, x, predicted ? {} : { classIndex: chosen.map(({ classIndex }) => classIndex) });
    const maps = tensor(chosen.map((entry) => entry.heat.map((row) => row.map((value) => [value]))));
    const expected = await resize(maps, [224, 224]).data();
    expect(relativeError(await heat.data(), expected)).toBeLessThan(1e-4);
  });
});
