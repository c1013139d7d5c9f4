import fc from 'fast-check';
import { within } from '../arbitraries.js';
import { type LayerDraw, type LayerSpec, options, size } from './draws.js';
import { cellWeights, sequences } from './recurrent.js';

const direction = options(
  { returnSequences: fc.boolean(), returnState: fc.boolean(), useBias: fc.boolean() },
  { units: size(2) },
).map((config) => ({ className: 'GRU', config }));

interface Wrapped {
  readonly className: string;
  readonly config: LayerDraw['config'];
}

const wrapped = ({ layer }: LayerDraw['config']): Wrapped => layer as Wrapped;

export const wrapperSpecs = {
  Bidirectional: {
    domain: within(1),
    share: 0.2,
    draws: sequences(
      options({ mergeMode: fc.constantFrom('concat', 'sum', 'mul', 'ave', null) }, { layer: direction }),
      (config) => [wrapped(config).config.units as number, wrapped(config).config.units as number],
    ),
    trainable: (config) => [...cellWeights(wrapped(config).config), ...cellWeights(wrapped(config).config)],
  },
  TimeDistributed: {
    domain: within(1),
    share: 0.4,
    draws: fc
      .tuple(
        size(2),
        size(3),
        size(3),
        fc.constantFrom<Wrapped>(
          { className: 'Dense', config: { units: 2, activation: 'tanh' } },
          { className: 'BatchNormalization', config: { momentum: 0.5 } },
        ),
      )
      .map(([batch, steps, features, layer]) => ({ config: { layer }, inputs: [[batch, steps, features]] })),
    trainable: (config) => (wrapped(config).className === 'Dense' ? ['kernel', 'bias'] : ['gamma', 'beta']),
    fixed: (config) => (wrapped(config).className === 'Dense' ? [] : ['moving_mean', 'moving_variance']),
  },
} satisfies Readonly<Record<string, LayerSpec>>;
