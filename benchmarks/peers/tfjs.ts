import { resolvePeer } from './resolvePeer.js';

/** The part of `@tensorflow/tfjs` that the benchmarks use, as version 4.22 has it. */
export interface Tfjs {
  setBackend(name: string): Promise<boolean>;
  matMul(a: TfTensor, b: TfTensor): TfTensor;
  tidy<T>(fn: () => T): T;
  tensor(values: ArrayLike<number>, shape: readonly number[], dtype: 'float32' | 'int32'): TfTensor;
  oneHot(indices: TfTensor, depth: number): TfTensor;
  loadLayersModel(handler: { readonly load: () => Promise<TfArtifacts> }): Promise<TfModel>;
  readonly losses: { softmaxCrossEntropy(labels: TfTensor, logits: TfTensor): TfTensor };
  readonly train: { adam(learningRate: number): TfOptimizer };
}

export interface TfTensor {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

export interface TfArtifacts {
  readonly modelTopology: unknown;
  readonly weightSpecs: unknown;
  readonly weightData: ArrayBuffer;
}

export interface TfLayer {
  trainable: boolean;
  readonly trainableWeights: readonly { read(): unknown }[];
  /** Those of a model inside the model. */
  readonly layers?: readonly TfLayer[];
  getClassName(): string;
}

interface TfModel extends TfLayer {
  readonly layers: readonly TfLayer[];
  dispose(): void;
  predict(x: TfTensor): TfTensor;
  apply(x: TfTensor, options: { readonly training: boolean }): TfTensor;
}

interface TfOptimizer {
  minimize(loss: () => TfTensor, returnCost: true, variables: readonly unknown[]): TfTensor;
  dispose(): void;
}

/** A backend of TensorFlow.js that can be run here. */
export interface TfjsBackend<Name extends string = 'cpu' | 'wasm'> {
  readonly tf: Tfjs;
  readonly backend: Name;
  /** For the results file. */
  readonly versions: Readonly<Record<string, string>>;
}

/** TensorFlow.js in plain JavaScript and in WebAssembly, as far as they are there. */
export async function tfjsBackends(): Promise<readonly TfjsBackend[]> {
  const core = resolvePeer('@tensorflow/tfjs');
  if (core === null) return [];
  const tf = core.exports as Tfjs;
  const cpu = { tf, backend: 'cpu', versions: { '@tensorflow/tfjs': core.version } } as const;
  // Loading the package registers the backend with the @tensorflow/tfjs beside it.
  const wasm = resolvePeer('@tensorflow/tfjs-backend-wasm');
  if (wasm === null || !(await tf.setBackend('wasm'))) return [cpu];
  const versions = { ...cpu.versions, '@tensorflow/tfjs-backend-wasm': wasm.version };
  return [cpu, { tf, backend: 'wasm', versions }];
}
