import { readFileSync } from 'node:fs';
import { clearSession, type Layer, type Model } from 'mapache/layers';
import { sizeOf, type Variable } from 'mapache/tensor';
import { applications } from 'mapache/transfer';
import { describe, expect, test } from 'vitest';
import { digest, linesOf } from '../support/application-lines.js';
import { conforms } from '../support/conformance.js';

/** What `make_applications.py` found out about a network that Keras built. */
interface GoldenCase {
  readonly application: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly output: readonly (number | null)[];
  readonly parameters: number;
  readonly trainable: number;
  readonly tensors: number;
  readonly layers: string;
  readonly digest: string;
}

const file = new URL('applications/applications.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly GoldenCase[] };
const builders = new Map(applications.list().map((builder) => [builder.record.name, builder]));

const built = new Map<string, Model>();

/** Each is built once, by whichever test is first. */
function build(application: string, options: GoldenCase['options'] = {}): Model {
  const key = `${application} ${JSON.stringify(options)}`;
  const model = built.get(key) ?? buildAnew(application, options);
  built.set(key, model);
  return model;
}

function buildAnew(application: string, options: GoldenCase['options']): Model {
  const builder = builders.get(application);
  if (builder === undefined) throw new Error(`no application '${application}'`);
  clearSession();
  const camelCase = (key: string): string => key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return builder.build(Object.fromEntries(Object.entries(options).map(([key, value]) => [camelCase(key), value])));
}

function size(weights: readonly Variable[]): number {
  return weights.reduce((total, { shape }) => total + sizeOf(shape), 0);
}

test('every application of Keras is there, and no other', () => {
  expect([...builders.keys()].sort()).toEqual([...new Set(cases.map(({ application }) => application))].sort());
  expect(builders.size).toBe(40);
});

describe('applications are the networks that Keras builds, layer by layer', () => {
  test.each(cases.map((golden) => [`${golden.application} ${JSON.stringify(golden.options)}`, golden] as const))(
    '%s',
    (_, golden) => {
      const model = build(golden.application, golden.options);
      const lines = linesOf(model);
      const different = lines.filter((line, i) => digest(line, 4) !== golden.layers.slice(4 * i, 4 * i + 4));
      conforms({ kind: 'application', name: golden.application }, different.length, 'layers that differ');
      expect(different[0], 'the first layer that differs').toBeUndefined();
      expect(digest(lines.join('\n'), 32)).toBe(golden.digest);
      expect({
        name: model.name,
        output: model.outputShapes[0],
        parameters: model.countParams(),
        trainable: size(model.trainableWeights),
        tensors: model.weights.length,
      }).toEqual({
        name: golden.name,
        output: golden.output,
        parameters: golden.parameters,
        trainable: golden.trainable,
        tensors: golden.tensors,
      });
    },
  );
});

function isMarked({ name, inboundNodes }: Layer, cut: applications.LayerMark): boolean {
  return typeof cut === 'string' ? name === cut : inboundNodes[0]?.inputs.at(-1)?.node.layer.name === cut.after;
}

describe('each record says of its network what is the case', () => {
  test.each(applications.list().map(({ record }) => [record.name, record] as const))('%s', (name, record) => {
    const [whole, bare] = cases.filter(({ application }) => application === name) as [GoldenCase, GoldenCase];
    expect(record.parameters).toEqual({
      total: whole.parameters,
      trainable: whole.trainable,
      withoutTop: bare.parameters,
    });
    expect(record.tensors).toBe(whole.tensors);

    const { layers } = build(name);
    const { groups } = record;
    const end = layers.find((layer) => isMarked(layer, record.cut));
    const features = build(name, bare.options).output.node;
    // What comes after the features without a top, such as a normalisation, is no part of them.
    const last = isMarked(features.layer, record.cut) ? features : features.inputs[0]?.node;
    expect(isMarked(last?.layer as Layer, record.cut)).toBe(true);
    expect(end?.inboundNodes[0]?.outputs[0]?.shape.at(-1)).toBe(features.outputs[0]?.shape.at(-1));
    expect(features.outputs[0]?.shape).toHaveLength(4);

    const starts = groups.map((group) => layers.findIndex((layer) => layer.name === group));
    expect(
      starts.every((start, i) => start > (starts[i - 1] ?? -1)),
      'groups in the order of the layers',
    ).toBe(true);
    const weighs = (part: readonly Layer[]): boolean =>
      part.some(({ trainableWeights }) => trainableWeights.length > 0);
    for (const [i, start] of starts.entries()) {
      expect(weighs(layers.slice(start, starts[i + 1] ?? layers.indexOf(end as Layer) + 1)), groups[i]).toBe(true);
    }
    expect(weighs(layers.slice(0, starts[0])), 'weights before the first group').toBe(true);
  });
});
