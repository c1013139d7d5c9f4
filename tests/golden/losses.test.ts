import { abs, evaluate, gradients, type Tensor, tensor } from 'mapache/tensor';
import { FunctionLoss, getLoss, lossClasses } from 'mapache/training';
import { describe, expect, it } from 'vitest';
import { conforms } from '../support/conformance.js';
import { camelCaseKeys } from '../support/keras-config.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, describeWithData, type EncodedArray, readJson } from '../support/shared-data.js';

const tolerance = 1e-5;

interface LossCase {
  readonly id: string;
  readonly class_name: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly reduction: string;
  readonly y_true: EncodedArray;
  readonly y_pred: EncodedArray;
  readonly sample_weight: EncodedArray | null;
  readonly loss: EncodedArray;
  readonly grad_y_pred: EncodedArray;
}

function decode(encoded: EncodedArray): Tensor {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

describeWithData('losses and their gradients are those of Keras', () => {
  const { cases } = readJson<{ cases: readonly LossCase[] }>('goldens', 'losses', 'losses.json');

  describe.each(cases)('$id $kwargs, reduction $reduction', (golden) => {
    const { class_name: className, kwargs, config, reduction } = golden;
    const loss = () => getLoss({ className, config: { ...camelCaseKeys(kwargs), reduction: config.reduction } });

    it('has the same value and the same gradient with respect to the predictions', async () => {
      const [yTrue, yPred] = [decode(golden.y_true), decode(golden.y_pred)];
      const weight = golden.sample_weight === null ? undefined : decode(golden.sample_weight);
      const value = loss().apply(yTrue, yPred, weight);
      const [slope] = gradients(value, [yPred]) as [Tensor];
      // Cosines have signs and cancel: their sum is as exact as their absolute values allow.
      const sizes = abs(loss().unreduced(yTrue, yPred));
      const uncancelled = new FunctionLoss(() => sizes, { reduction: loss().reduction }).apply(yPred, yPred, weight);
      await evaluate([value, slope, uncancelled]);
      const scale = Math.max(...(await uncancelled.data()));
      expect(value.shape).toEqual(golden.loss.shape);
      const valueError = relativeError(await value.data(), decodeArray(golden.loss).data, scale);
      const slopeError = relativeError(await slope.data(), decodeArray(golden.grad_y_pred).data);
      const measured = { kind: 'loss', name: className, id: golden.id } as const;
      expect(conforms(measured, valueError), 'value').toBeLessThan(tolerance);
      expect(conforms(measured, slopeError, 'gradients'), 'gradient').toBeLessThan(tolerance);
    });

    it('describes itself as in files, and is made again from that', () => {
      const described = loss().getConfig();
      expect(described).toMatchObject(camelCaseKeys(config));
      expect(described.reduction).toBe(reduction === 'none' ? null : reduction);
      expect(getLoss({ className, config: described }).getConfig()).toEqual(described);
    });
  });

  it('knows every class of the goldens', () => {
    expect(lossClasses.classNames).toEqual(expect.arrayContaining(cases.map(({ class_name: name }) => name)));
  });
});
