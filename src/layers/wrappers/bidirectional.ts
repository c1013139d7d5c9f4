import {
  ArgumentError,
  add,
  type ClassDescription,
  type Config,
  checkChoiceOption,
  concat,
  div,
  gather,
  invalidOption,
  mul,
  type Tensor,
  tensor,
} from '../../tensor/index.js';
import {
  type Call,
  type CallContext,
  Layer,
  type LayerConfig,
  type SymbolicShape,
  type SymbolicSpec,
} from '../layer.js';
import { describeLayer, getLayer, remakeLayer } from '../nestedLayer.js';
import { inferFromOneStep } from '../recurrent/inferFromOneStep.js';
import { RNN } from '../recurrent/rnn.js';

/** How the outputs of both directions become one. */
type MergeMode = 'concat' | 'sum' | 'mul' | 'ave';

/** Options of `Bidirectional`. */
export interface BidirectionalConfig extends LayerConfig {
  /** A recurrent layer. One like it, with weights of its own, runs forward. */
  readonly layer: RNN | ClassDescription;
  /** The layer that runs backward. @defaultValue one like `layer` */
  readonly backwardLayer?: RNN | ClassDescription | null;
  /** `null` gives both outputs. @defaultValue `'concat'` */
  readonly mergeMode?: MergeMode | null;
}

/**
 * Runs one recurrent layer over sequences from the first step to the last, and another from the last to the first.
 *
 * Call arguments: `sequences`, `initialState` (those of the forward layer, then those of the backward layer), `mask`.
 * Shape: that of the layer, with twice the features for `'concat'`; with `returnState` the states of both follow.
 */
export class Bidirectional extends Layer {
  static override readonly className = 'Bidirectional';
  static override readonly callArguments: readonly string[] = ['sequences', 'initialState', 'mask'];
  readonly forwardLayer: RNN;
  readonly backwardLayer: RNN;
  readonly mergeMode: MergeMode | null;

  /** @throws {ArgumentError} unless the layers are recurrent, run in different directions and give the same. */
  constructor(config: BidirectionalConfig) {
    super(config);
    const { mergeMode = 'concat' } = config;
    this.mergeMode =
      mergeMode === null
        ? null
        : checkChoiceOption<MergeMode>(this.className, 'mergeMode', mergeMode, ['concat', 'sum', 'mul', 'ave']);
    const layer = this.#recurrent('layer', config.layer);
    const named = (prefix: string): string => `${prefix}_${layer.name.replace(new RegExp(`^${prefix}_`), '')}`;
    this.forwardLayer = remakeLayer(layer, { name: named('forward') }) as RNN;
    this.backwardLayer = config.backwardLayer
      ? this.#recurrent('backwardLayer', config.backwardLayer)
      : (remakeLayer(layer, { name: named('backward'), goBackwards: true }) as RNN);
    this.#checkPair();
    // Where both directions meet step by step, one that skips a step must not repeat itself there.
    for (const direction of [this.forwardLayer, this.backwardLayer]) {
      direction.zeroOutputForMask = direction.returnSequences;
    }
    if (config.trainable === false) this.trainable = false;
  }

  #recurrent(option: string, like: unknown): RNN {
    const layer = getLayer(this.className, option, like);
    if (layer instanceof RNN) return layer;
    throw invalidOption(
      this.className,
      option,
      'a recurrent layer',
      layer.className,
      'Give it an LSTM, a GRU or an RNN.',
    );
  }

  #checkPair(): void {
    const { forwardLayer, backwardLayer } = this;
    const agree = (['returnSequences', 'returnState', 'stateful'] as const).every(
      (flag) => forwardLayer[flag] === backwardLayer[flag],
    );
    if (agree && forwardLayer.goBackwards !== backwardLayer.goBackwards) return;
    throw new ArgumentError({
      operation: this.className,
      expected: 'two layers that differ in goBackwards and agree in returnSequences, returnState and stateful',
      received: `'${forwardLayer.name}' and '${backwardLayer.name}'`,
      remedy: 'Leave backwardLayer out for a layer like the forward one.',
    });
  }

  override get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
    return { forwardLayer: this.forwardLayer, backwardLayer: this.backwardLayer };
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(_: readonly Tensor[], [mask = null]: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
    if (!this.forwardLayer.returnSequences) return [];
    return this.mergeMode === null ? [mask, mask] : [mask];
  }

  protected override createWeights([sequences, ...states]: readonly SymbolicShape[]): void {
    const half = states.length / 2;
    this.forwardLayer.build(sequences as SymbolicShape, ...states.slice(0, half));
    this.backwardLayer.build(sequences as SymbolicShape, ...states.slice(half));
  }

  override call([x, ...states]: readonly Tensor[], { training, masks: [mask = null] }: CallContext): readonly Tensor[] {
    const half = states.length / 2;
    const run = (layer: RNN, own: readonly Tensor[]): readonly [Tensor, ...Tensor[]] => {
      const given = mask === null ? [] : [mask];
      const inputNames = ['sequences', ...own.map(() => 'initialState'), ...given.map(() => 'mask')];
      const { outputs } = layer.run([x as Tensor, ...own, ...given], { training, inputNames });
      return outputs as readonly [Tensor, ...Tensor[]];
    };
    const [forward, ...forwardStates] = run(this.forwardLayer, states.slice(0, half));
    const [last, ...backwardStates] = run(this.backwardLayer, states.slice(half));
    const backward = this.forwardLayer.returnSequences ? reverseSteps(last) : last;
    return [...this.#merge(forward, backward), ...forwardStates, ...backwardStates];
  }

  #merge(forward: Tensor, backward: Tensor): readonly Tensor[] {
    switch (this.mergeMode) {
      case 'concat':
        return [concat([forward, backward], -1)];
      case 'sum':
        return [add(forward, backward)];
      case 'ave':
        return [div(add(forward, backward), 2)];
      case 'mul':
        return [mul(forward, backward)];
      default:
        return [forward, backward];
    }
  }

  override inferOutputs(inputs: readonly SymbolicSpec[], call: Call = {}): readonly SymbolicSpec[] {
    const infer = (specs: readonly SymbolicSpec[]): readonly SymbolicSpec[] => super.inferOutputs(specs, call);
    const outputs = this.mergeMode === null ? 2 : 1;
    return inferFromOneStep(inputs, call, this.forwardLayer.returnSequences ? outputs : 0, infer);
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      layer: describeLayer(this.forwardLayer),
      backwardLayer: describeLayer(this.backwardLayer),
      mergeMode: this.mergeMode,
    };
  }
}

/** Steps in the opposite order. Shape: `[batch, steps, ...]`, unchanged. */
function reverseSteps(x: Tensor): Tensor {
  const steps = x.shape[1] as number;
  return gather(x, tensor(Int32Array.from({ length: steps }, (_, i) => steps - 1 - i)), 1);
}
