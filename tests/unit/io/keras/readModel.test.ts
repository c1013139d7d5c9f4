import { ModelFormatError, modelFromJson } from 'mapache/io';
import { Layer, type Model, registerLayer, type TensorAddress, UnknownLayerError } from 'mapache/layers';
import type { Tensor } from 'mapache/tensor';
import { afterEach, describe, expect, it } from 'vitest';

type Record_ = Record<string, unknown>;

const inputLayer = (name: string, shape: readonly (number | null)[] = [null, 4]) => ({
  class_name: 'InputLayer',
  name,
  config: { name, batch_input_shape: shape, dtype: 'float32' },
  inbound_nodes: [],
});
const dense = (name: string, nodes: unknown, config: Record_ = {}) => ({
  class_name: 'Dense',
  name,
  config: { name, units: 4, ...config },
  inbound_nodes: nodes,
});
const kerasTensor = (...history: TensorAddress) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 4], dtype: 'float32', keras_history: history },
});
const call = (...args: readonly unknown[]) => ({ args, kwargs: {} });

function network(layers: readonly object[], ends: Record_, extra: Record_ = {}) {
  return {
    class_name: 'Functional',
    config: { name: 'net', trainable: true, layers, input_layers: [['x', 0, 0]], ...ends },
    ...extra,
  };
}

/** A nested model of one dense layer, as a layer of another. */
const nested = (name: string, nodes: unknown) => ({
  ...network([inputLayer('x'), dense(`${name}_dense`, [[['x', 0, 0, {}]]])], {
    output_layers: [[`${name}_dense`, 0, 0]],
  }),
  name,
  inbound_nodes: nodes,
});
const named = (record: ReturnType<typeof nested>) => ({ ...record, config: { ...record.config, name: record.name } });

/** Which application of which layer each layer of the model is fed by. */
function wiring(model: Model): Record<string, readonly string[]> {
  const source = ({ inboundNodes, name }: Layer, node: (typeof inboundNodes)[number]) =>
    `${name}:${inboundNodes.indexOf(node)}`;
  return Object.fromEntries(
    model.layers
      .filter((layer) => layer.inboundNodes.some(({ inputs }) => inputs.length > 0))
      .map((layer) => [
        layer.name,
        layer.inboundNodes.map((node) => node.inputs.map(({ node: from }) => source(from.layer, from)).join('+')),
      ]),
  );
}

describe('applications of nested models', () => {
  const listStyle = (first: number, outputs: readonly TensorAddress[]) =>
    network(
      [
        inputLayer('x'),
        named(nested('base', [[['x', 0, 0, {}]], [['d', 0, 0, {}]]])),
        dense('d', [[['base', first, 0, {}]]]),
      ],
      { output_layers: outputs },
    );
  const expected = { base: ['x:0', 'd:0'], d: ['base:0'] };

  it('are counted from 1 in the lists of Keras 2', () => {
    const model = modelFromJson(listStyle(1, [['base', 2, 0]]));
    expect(wiring(model)).toEqual(expected);
    expect(model.outputs[0]?.node).toBe(model.getLayer('base').inboundNodes[1]);
  });

  it('may be counted from 0 in lists all the same', () => {
    const model = modelFromJson(listStyle(0, [['base', 1, 0]]));
    expect(wiring(model)).toEqual(expected);
    expect(model.outputs[0]?.node).toBe(model.getLayer('base').inboundNodes[1]);
  });

  it.each([1, 2])('are counted from 0 in the objects of Keras 3, but from 1 as outputs: application %i', (output) => {
    const model = modelFromJson(
      network(
        [
          inputLayer('x'),
          named(nested('base', [call(kerasTensor('x', 0, 0)), call(kerasTensor('d', 0, 0))])),
          dense('d', [call(kerasTensor('base', 0, 0))]),
        ],
        {
          output_layers: [
            ['base', output, 0],
            ['d', 0, 0],
          ],
        },
      ),
    );
    expect(wiring(model)).toEqual(expected);
    expect(model.outputs[0]?.node).toBe(model.getLayer('base').inboundNodes[output - 1]);
  });

  it('of a sequential model are counted from 0 as outputs of Keras 3', () => {
    const layers = [inputLayer('q'), dense('s_dense', undefined)];
    const sequential = { class_name: 'Sequential', config: { name: 's', layers }, name: 's' };
    const nodes = [call(kerasTensor('x', 0, 0)), call(kerasTensor('s', 0, 0))];
    const model = modelFromJson(
      network([inputLayer('x'), { ...sequential, inbound_nodes: nodes }], { output_layers: ['s', 1, 0] }),
    );
    expect(wiring(model)).toEqual({ s: ['x:0', 's:0'] });
    expect(model.outputs[0]?.node).toBe(model.getLayer('s').inboundNodes[1]);
  });
});

describe('arguments of an application', () => {
  const withNode = (node: unknown, className = 'Dropout', version?: string) => {
    const layer = {
      class_name: className,
      name: 'l',
      config: { name: 'l', rate: 0.5, stddev: 1 },
      inbound_nodes: [node],
    };
    const model = modelFromJson(
      network([inputLayer('x'), layer], { output_layers: ['l', 0, 0] }, version ? { keras_version: version } : {}),
    );
    return model.getLayer('l').inboundNodes[0]?.training;
  };
  const keras3 = (training: unknown) => ({ args: [kerasTensor('x', 0, 0)], kwargs: { training, mask: null } });

  it('keep a training that somebody gave', () => {
    expect(withNode([['x', 0, 0, { training: false }]])).toBe(false);
    expect(withNode([['x', 0, 0, { training: true }]])).toBe(true);
    expect(withNode([['x', 0, 0, { training: 0 }]])).toBe(false);
    expect(withNode(keras3(null))).toBeUndefined();
    expect(withNode(keras3(true), 'Dropout', '3.15.1')).toBe(true);
  });

  it('ignore the default that Keras 3 recorded for dropout until 3.16', () => {
    expect(withNode(keras3(false), 'Dropout', '3.9.2')).toBeUndefined();
    expect(withNode(keras3(false), 'GaussianNoise', '3.15.1')).toBeUndefined();
    expect(withNode(keras3(false), 'Dropout')).toBeUndefined();
    expect(withNode(keras3(false), 'Dropout', '3.16.0')).toBe(false);
    expect(withNode(keras3(false), 'BatchNormalization', '3.9.2')).toBe(false);
  });

  it('take tensors given by name, and in lists', () => {
    const layer = (nodes: unknown) => ({
      class_name: 'Add',
      name: 'sum',
      config: { name: 'sum' },
      inbound_nodes: nodes,
    });
    const inputs = {
      input_layers: [
        ['x', 0, 0],
        ['y', 0, 0],
      ],
      output_layers: [['sum', 0, 0]],
    };
    const build = (node: unknown) =>
      wiring(modelFromJson(network([inputLayer('x'), inputLayer('y'), layer([node])], inputs)));
    const [x, y] = [kerasTensor('x', 0, 0), kerasTensor('y', 0, 0)];
    for (const node of [
      call([x, y]),
      call(x, y),
      { args: [], kwargs: { inputs: [x, y] } },
      [
        ['x', 0, 0, {}],
        ['y', 0, 0, {}],
      ],
    ]) {
      expect(build(node)).toEqual({ sum: ['x:0+y:0'] });
    }
  });

  it.each([
    ['a constant', [['_CONSTANT_VALUE', -1, 2, {}]]],
    ['an option that changes the result', [['x', 0, 0, { use_causal_mask: true }]]],
    ['a number as an input', call(kerasTensor('x', 0, 0), 2)],
    ['a training that is neither true nor false', [['x', 0, 0, { training: 'yes' }]]],
  ])('are refused if there is %s', (_, node) => {
    expect(() => withNode(node)).toThrow(ModelFormatError);
  });
});

describe('options of layers', () => {
  const layerOf = (className: string, config: Record_, extra: Record_ = {}) => {
    const record = {
      class_name: className,
      name: 'l',
      config: { name: 'l', ...config },
      inbound_nodes: [[['x', 0, 0, {}]]],
    };
    return modelFromJson(network([inputLayer('x'), record], { output_layers: [['l', 0, 0]] }, extra))
      .getLayer('l')
      .getConfig();
  };

  it.each([
    'float32',
    { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' }, registered_name: null },
    { class_name: 'Policy', config: { name: 'mixed_float16' } },
    'mixed_bfloat16',
  ])('have a dtype of ours for %j', (dtype) => {
    expect(layerOf('Dense', { units: 2, dtype })).toMatchObject({ dtype: 'float32' });
  });

  it('understand functions, initialisers and tuples as Keras serialises them', () => {
    const config = layerOf('Dense', {
      units: 2,
      activation: { module: 'builtins', class_name: 'function', config: 'relu6', registered_name: 'function' },
      kernel_initializer: { module: 'keras.initializers', class_name: 'HeNormal', config: { seed: null } },
      kernel_regularizer: { class_name: 'L1L2', config: { l1: 0.5, l2: 0.25 } },
    });
    expect(config).toMatchObject({
      activation: 'relu6',
      kernelInitializer: { className: 'HeNormal' },
      kernelRegularizer: { className: 'L1L2', config: { l1: 0.5, l2: 0.25 } },
    });
    expect(layerOf('Reshape', { target_shape: { class_name: '__tuple__', items: [2, 2] } })).toMatchObject({
      targetShape: [2, 2],
    });
  });

  it('mean the hard sigmoid of the version that wrote them', () => {
    const version = (keras_version: string) => layerOf('Activation', { activation: 'hard_sigmoid' }, { keras_version });
    expect(version('2.15.0')).toMatchObject({ activation: 'keras2_hard_sigmoid' });
    expect(version('tfjs-layers 4.22.0')).toMatchObject({ activation: 'keras2_hard_sigmoid' });
    expect(version('3.9.2')).toMatchObject({ activation: 'hard_sigmoid' });
  });

  it.each(['__proto__', 'constructor'])('may not be called %s', (key) => {
    const config = JSON.parse(`{"units": 2, "${key}": {"polluted": 1}}`) as Record_;
    expect(() =>
      modelFromJson(
        JSON.stringify(network([inputLayer('x'), dense('l', [], config)], { output_layers: [['l', 0, 0]] })),
      ),
    ).toThrow(ModelFormatError);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('wrappings', () => {
  const plain = network([inputLayer('x'), dense('d', [[['x', 0, 0, {}]]])], { output_layers: [['d', 0, 0]] });
  it.each([
    ['the model itself', plain],
    ['model_config', { model_config: plain, keras_version: '2.15.0' }],
    ['model_config as text', { model_config: JSON.stringify(plain) }],
    ['a whole model.json', { format: 'layers-model', modelTopology: { model_config: plain }, weightsManifest: [] }],
    ['the old class name', { ...plain, class_name: 'Model' }],
    ['text', JSON.stringify(plain)],
  ])('%s gives the model', (_, json) => {
    expect(modelFromJson(json).weights.map(({ path }) => path)).toEqual(['d/kernel', 'd/bias']);
  });

  it.each([
    ['nothing', {}],
    ['a list', []],
    ['null', 'null'],
    ['a layer that is no model', { class_name: 'Dense', config: { units: 3 } }],
    ['a model without layers', { class_name: 'Functional', config: { name: 'n' } }],
    [
      'a model without outputs',
      { class_name: 'Functional', config: { name: 'n', layers: [inputLayer('x')], input_layers: [['x', 0, 0]] } },
    ],
    ['layers of one name', network([inputLayer('x'), inputLayer('x')], { output_layers: [['x', 0, 0]] })],
    [
      'a layer without a name',
      network([{ class_name: 'Dense', config: { units: 3 } }], { output_layers: [['x', 0, 0]] }),
    ],
    ['an address that leads nowhere', network([inputLayer('x')], { output_layers: [['nobody', 0, 0]] })],
    [
      'an application that is not there',
      network([inputLayer('x'), dense('d', [[['x', 3, 0, {}]]])], { output_layers: [['d', 0, 0]] }),
    ],
    [
      'a graph that goes round',
      network([inputLayer('x'), dense('d', [[['d', 0, 0, {}]]])], { output_layers: [['d', 0, 0]] }),
    ],
    ['a negative size', network([inputLayer('x', [null, -4])], { output_layers: [['x', 0, 0]] })],
    [
      'a gigantic size',
      network([inputLayer('x', [null, 1e9]), dense('d', [[['x', 0, 0, {}]]], { units: 1e9 })], {
        output_layers: [['d', 0, 0]],
      }),
    ],
    [
      'options that are no object',
      network([{ class_name: 'Dense', name: 'd', config: 3 }], { output_layers: [['d', 0, 0]] }),
    ],
    [
      'units that are text',
      network([inputLayer('x'), dense('d', [[['x', 0, 0, {}]]], { units: 'many' })], { output_layers: [['d', 0, 0]] }),
    ],
    [
      'a quantized dtype',
      network(
        [
          inputLayer('x'),
          dense('d', [[['x', 0, 0, {}]]], { dtype: { class_name: 'QuantizedDTypePolicy', config: { mode: 'int8' } } }),
        ],
        { output_layers: [['d', 0, 0]] },
      ),
    ],
  ])('%s is refused', (_, json) => {
    expect(() => modelFromJson(json as object)).toThrow(ModelFormatError);
  });

  it('more layers than any network has are refused', () => {
    const layers = Array.from({ length: 20_001 }, (_, i) => inputLayer(`x${i}`));
    expect(() => modelFromJson(network(layers, { output_layers: [['x0', 0, 0]] }))).toThrow('20000 layers');
  });
});

describe('sequential models', () => {
  const d = (name: string, config: Record_ = {}) => ({ class_name: 'Dense', config: { name, units: 2, ...config } });
  const shapesOf = (config: unknown) => modelFromJson({ class_name: 'Sequential', config } as object).inputShapes;

  it('take the shape of their input from wherever the file has it', () => {
    expect(shapesOf({ name: 's', layers: [inputLayer('x', [null, 3]), d('d')] })).toEqual([[null, 3]]);
    expect(shapesOf({ name: 's', layers: [d('d', { batch_input_shape: [null, 3] })] })).toEqual([[null, 3]]);
    expect(shapesOf({ name: 's', layers: [d('d', { batchInputShape: [5, 3] })] })).toEqual([[5, 3]]);
    expect(shapesOf({ name: 's', layers: [d('d')], build_input_shape: [null, 3] })).toEqual([[null, 3]]);
    expect(shapesOf([d('d', { batch_input_shape: [null, 3] })])).toEqual([[null, 3]]);
  });

  it('keep the name and the dtype of their input', () => {
    const start = { ...inputLayer('pixels'), config: { name: 'pixels', batch_shape: [null, 3], dtype: 'uint8' } };
    const model = modelFromJson({
      class_name: 'Sequential',
      config: { name: 's', layers: [start, { class_name: 'Rescaling', config: { name: 'r', scale: 2 } }] },
    });
    expect(model.inputs.map(({ dtype, node }) => [dtype, node.layer.name])).toEqual([['uint8', 'pixels']]);
  });
});

describe('classes', () => {
  const modelOf = (className: string, extra: Record_ = {}) => {
    const layer = {
      class_name: className,
      name: 'l',
      config: { name: 'l' },
      inbound_nodes: [
        [
          ['x', 0, 0, {}],
          ['x', 0, 0, {}],
        ],
      ],
      ...extra,
    };
    return () => modelFromJson(network([inputLayer('x'), layer], { output_layers: [['l', 0, 0]] }));
  };

  it('that nobody registered are named', () => {
    expect(modelOf('Gremlin')).toThrow(UnknownLayerError);
    expect(modelOf('Gremlin')).toThrow("'Gremlin'");
    expect(modelOf('constructor')).toThrow(UnknownLayerError);
  });

  it('go by the names of other versions and packages', () => {
    expect(modelOf('Custom>Add')().getLayer('l').className).toBe('Add');
    expect(modelOf('SyncBatchNormalization', { inbound_nodes: [[['x', 0, 0, {}]]] })().getLayer('l').className).toBe(
      'BatchNormalization',
    );
  });

  it('of operations are known by their module, or by arguments that no layer has', () => {
    const x = kerasTensor('x', 0, 0);
    const classOf = (extra: Record_, className = 'Add') => modelOf(className, extra)().getLayer('l').className;
    expect(classOf({ module: 'keras.src.ops.numpy', inbound_nodes: [call(x, x)] })).toBe('ops.Add');
    expect(classOf({ inbound_nodes: [call(x, 2)] })).toBe('ops.Add');
    expect(classOf({ inbound_nodes: [call([x, x])] })).toBe('Add');
    expect(classOf({ module: 'keras.layers', inbound_nodes: [call([x, x])] })).toBe('Add');
    expect(classOf({ inbound_nodes: [call(x)] }, 'Exp')).toBe('ops.Exp');
    expect(modelOf('SVD', { module: 'keras.src.ops.linalg' })).toThrow(UnknownLayerError);
  });

  it('that are code are refused, and nothing is run', () => {
    const code = { config: { name: 'l', function: ['4wEAAAAAAAAA', null, null], function_type: 'lambda' } };
    expect(modelOf('Lambda', code)).toThrow(ModelFormatError);
    expect(modelOf('Custom>Lambda', code)).toThrow('never run');
    expect(() =>
      modelFromJson(
        network([inputLayer('x'), dense('d', [], { activation: { class_name: '__lambda__', config: {} } })], {
          output_layers: [['d', 0, 0]],
        }),
      ),
    ).toThrow(ModelFormatError);
  });

  it('of your own are found under their name', () => {
    class Doubling extends Layer {
      static override readonly className = 'DoublingInReadModelTest';
      override call([x]: readonly [Tensor]): Tensor {
        return x;
      }
    }
    registerLayer(Doubling);
    expect(modelOf('my_package>DoublingInReadModelTest')().getLayer('l')).toBeInstanceOf(Doubling);
  });
});

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
});
