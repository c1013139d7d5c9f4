import { readFileSync } from 'node:fs';
import { Augmentation, layerFromConfig } from 'mapache/layers';
import { compile, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { conforms } from '../support/conformance.js';
import { camelCaseKeys } from '../support/keras-config.js';
import { type Recorded, RecordedNumbers } from '../support/recorded-numbers.js';
import { relativeError } from '../support/relative-error.js';

interface Encoded {
  readonly shape: readonly number[];
  /** Base64 of float32. */
  readonly data: string;
}

/** What one layer of Keras made of pictures with the random numbers noted; the script beside the file says how. */
interface AugmentationCase {
  readonly className: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly input: string;
  readonly numbers: readonly Recorded[];
  readonly output: Encoded;
  /** Left out where labels stay as they are. */
  readonly labels?: Encoded;
}

interface Written {
  readonly inputs: Readonly<Record<string, Encoded>>;
  readonly labels: Readonly<Record<string, Encoded>>;
  readonly cases: readonly AugmentationCase[];
}

const written = JSON.parse(readFileSync(new URL('writers/augmentations.json', import.meta.url), 'utf8')) as Written;

function decode({ shape, data }: Encoded): Tensor {
  const bytes = Buffer.from(data, 'base64');
  return tensor(new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)), { shape });
}

function make({ className, options }: AugmentationCase): Augmentation {
  const layer = layerFromConfig(className, camelCaseKeys(options));
  if (layer instanceof Augmentation) return layer;
  throw new Error(`${className} does not augment`);
}

describe('augmentations with the random numbers that Keras drew', () => {
  test.each(written.cases.map((one, i) => ({ ...one, title: `${i} ${one.className} ${JSON.stringify(one.options)}` })))(
    '$title: same pictures, same labels',
    async (golden) => {
      const [pictures, labels] = [
        decode(written.inputs[golden.input] as Encoded),
        decode(written.labels[golden.input] as Encoded),
      ];
      const numbers = new RecordedNumbers(pictures.shape[0] as number, golden.numbers);
      const layer = make(golden);
      const run = compile((x: Tensor, y: Tensor) => {
        const change = layer.draw(x.shape, numbers);
        return { pictures: change.pictures(x), labels: change.labels?.(y) ?? y };
      });
      const given = await run(pictures, labels);
      expect(numbers.left).toBe(0);
      for (const [what, expected] of [
        ['pictures', decode(golden.output)],
        ['labels', golden.labels === undefined ? labels : decode(golden.labels)],
      ] as const) {
        expect(given[what].shape).toEqual(expected.shape);
        const error = relativeError(await given[what].data(), await expected.data());
        if (what === 'pictures') conforms({ kind: 'layer', name: golden.className, id: golden.title }, error);
        expect(error, what).toBeLessThan(1e-5);
      }
    },
  );
});
