import type { Model } from 'mapache/layers';
import { isGradient, type Plan, type Step, savedForBackward, setBackend } from 'mapache/tensor';
import { addHead, freeze, unfreeze } from 'mapache/transfer';
import { describe, expect, test } from 'vitest';
import { convolutionalBase } from '../../support/convolutional-base.js';

// Its plans are as they were written: other backends rewrite them.
setBackend('reference');

/** A model on a base that is frozen, ready to train. */
function headed(): { base: Model; net: Model } {
  const base = convolutionalBase();
  freeze(base);
  const net = addHead(base, { classes: 3, hidden: 5, name: 'net' });
  net.compile({ optimizer: 'adam' });
  return { base, net };
}

const planOf = (net: Model): Plan => net.trainingPlan({ batchSize: 4 });
const inside = (origin: string): boolean => origin.replace('∇', '').startsWith('net/base/');
const layerOf = (origin: string): string => origin.split('/').at(-1) as string;
const flopsOf = (steps: readonly Step[]): number => steps.reduce((total, { flops }) => total + flops, 0);
const gradientSteps = ({ steps }: Plan): readonly Step[] => steps.filter(isGradient);

/** Layers of the base that have steps in the backward pass. */
const walkedBack = (plan: Plan): readonly string[] =>
  [...new Set(gradientSteps(plan).flatMap(({ origin }) => (inside(origin) ? [layerOf(origin)] : [])))].sort();

/** Layers of the base whose results are kept for the backward pass. */
function kept(plan: Plan): readonly string[] {
  const origins = savedForBackward(plan).map((id) => {
    const source = plan.values[id]?.source;
    return source?.kind === 'step' ? (plan.steps[source.step]?.origin as string) : '';
  });
  return [...new Set(origins.filter(inside).map(layerOf))].sort();
}

const convolutions = (plan: Plan): readonly string[] =>
  gradientSteps(plan)
    .filter(({ op }) => op.startsWith('conv2d'))
    .map(({ op, origin }) => `${op} of ${layerOf(origin)}`)
    .sort();

describe('a training step', () => {
  test('has neither gradients nor kept activations inside a frozen base', () => {
    const { net } = headed();
    const plan = planOf(net);
    expect(plan.steps.filter(({ origin }) => inside(origin)).length).toBeGreaterThan(0);
    expect(walkedBack(plan)).toEqual([]);
    expect(kept(plan)).toEqual([]);
    expect(gradientSteps(plan).length).toBeGreaterThan(0);
    expect(plan.effects.filter(({ variable }) => variable.path.startsWith('conv'))).toEqual([]);
    expect(net.explainTraining({ batchSize: 4 })).not.toContain('∇net/base/');
  });

  test('has gradients from the first unfrozen layer on up, and keeps what they read', () => {
    const { base, net } = headed();
    unfreeze(base, { from: 'conv2' });
    const plan = planOf(net);
    expect(walkedBack(plan)).toEqual(['bn2', 'conv2', 'relu2']);
    // The gradient of the kernel reads what comes into conv2, the result of relu1; nothing below that is kept.
    expect(kept(plan)).toEqual(['bn2', 'conv2', 'relu1', 'relu2']);
    expect(convolutions(plan)).toEqual(['conv2dFilterGradient of conv2']);
    expect(net.explainTraining({ batchSize: 4 })).toContain('∇net/base/conv2');
  });

  test('goes back through frozen layers to an unfrozen one below them', () => {
    const { base, net } = headed();
    unfreeze(base, { layers: ['conv1'] });
    const plan = planOf(net);
    expect(walkedBack(plan)).toEqual(['bn1', 'bn2', 'conv1', 'conv2', 'relu1', 'relu2']);
    expect(convolutions(plan)).toEqual(['conv2dFilterGradient of conv1', 'conv2dInputGradient of conv2']);
  });

  test('costs as much less as the layers that are frozen', () => {
    const { base, net } = headed();
    const backward = (): number => flopsOf(gradientSteps(planOf(net)));
    const gradients = (): number => flopsOf(gradientSteps(planOf(net)).filter(({ op }) => op.startsWith('conv2d')));
    const forward = (name: string): number =>
      flopsOf(planOf(net).steps.filter(({ op, origin }) => op === 'conv2d' && layerOf(origin) === name));
    expect([forward('conv1'), forward('conv2')]).toEqual([2 * 4 * 4 * 4 * 27 * 4, 2 * 4 * 2 * 2 * 36 * 6]);
    const frozen = backward();
    expect(gradients()).toBe(0);
    unfreeze(base, { from: 'conv2' });
    const partly = backward();
    // A gradient of a convolution costs what the convolution costs.
    expect(gradients()).toBe(forward('conv2'));
    unfreeze(base);
    const whole = backward();
    expect(gradients()).toBe(2 * forward('conv2') + forward('conv1'));
    expect(partly).toBeGreaterThan(frozen + forward('conv2'));
    expect(whole).toBeGreaterThan(partly + forward('conv2') + forward('conv1'));
    freeze(base);
    expect(backward()).toBe(frozen);
  });

  test('makes one scale and one offset of a frozen batch normalisation, once and not at every step', () => {
    const { base, net } = headed();
    const operations = (steps: readonly Step[] | undefined, name: string): readonly string[] =>
      (steps ?? []).filter((step) => !isGradient(step) && layerOf(step.origin) === name).map(({ op }) => op);
    const plan = planOf(net);
    for (const name of ['bn1', 'bn2']) {
      expect(operations(plan.prelude?.steps, name)).toEqual(['add', 'sqrt', 'div', 'mul', 'mul', 'sub']);
      expect(operations(plan.steps, name)).toEqual(['mul', 'add']);
    }
    unfreeze(base, { layers: ['bn2'] });
    const trained = planOf(net);
    expect(operations(trained.steps, 'bn1')).toEqual(['mul', 'add']);
    expect(operations(trained.steps, 'bn2').length).toBeGreaterThan(2);
    // What depends on the statistics alone stays outside.
    expect(operations(trained.prelude?.steps, 'bn2')).toEqual(['add', 'sqrt', 'div']);
  });
});
