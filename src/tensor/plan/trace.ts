import { TraceError } from '../errors.js';
import type { TensorSpec } from '../ops/index.js';
import { Tensor } from '../tensor.js';
import { currentScope, type TraceScope, type Variable, withScope } from '../variable.js';
import { flattenTree, type TensorTree } from './tree.js';

/** Params of a `placeholder` tensor. */
export interface PlaceholderParams {
  readonly kind: 'input' | 'hoisted';
  readonly position: number;
}

/** Params of a `variable` tensor. */
export interface VariableParams {
  readonly variable: Variable;
}

/** A function followed once: what it returned, and what it did to variables. */
export interface Trace<R extends TensorTree = TensorTree> {
  readonly inputs: readonly Tensor[];
  readonly result: R;
  readonly outputs: readonly Tensor[];
  readonly effects: ReadonlyMap<Variable, Tensor>;
}

export function placeholder(kind: PlaceholderParams['kind'], position: number, { shape, dtype }: TensorSpec): Tensor {
  const params: PlaceholderParams = { kind, position };
  return new Tensor('placeholder', [], params, shape, dtype);
}

/** Reads and assignments of variables while a function is followed. */
class Recorder implements TraceScope {
  readonly #leaves = new Map<Variable, Tensor>();
  readonly effects = new Map<Variable, Tensor>();

  /** A variable that has been assigned reads as what it will hold: a layer used twice sees its own update. */
  read(variable: Variable): Tensor {
    const assigned = this.effects.get(variable);
    if (assigned !== undefined) return assigned;
    let leaf = this.#leaves.get(variable);
    if (leaf === undefined) {
      const params: VariableParams = { variable };
      leaf = new Tensor('variable', [], params, variable.shape, variable.dtype);
      this.#leaves.set(variable, leaf);
    }
    return leaf;
  }

  assign(variable: Variable, next: Tensor): void {
    this.effects.set(variable, next);
  }
}

/**
 * Follows `fn` once with placeholders for its inputs. Nothing is computed.
 * @throws {TraceError} if `fn` is asynchronous, or if a trace is being recorded already.
 */
export function trace<R extends TensorTree>(
  name: string,
  fn: (...inputs: readonly Tensor[]) => R,
  specs: readonly TensorSpec[],
): Trace<R> {
  if (currentScope() !== null) {
    throw new TraceError({
      operation: name,
      expected: 'to be called outside any compiled function',
      received: 'a call while another function is being traced',
      remedy: 'Call the plain function there; it becomes part of the outer plan.',
    });
  }
  const recorder = new Recorder();
  const inputs = specs.map((spec, position) => placeholder('input', position, spec));
  const result: unknown = withScope(recorder, () => fn(...inputs));
  if (result instanceof Promise) {
    result.catch(() => {});
    throw new TraceError({
      operation: name,
      expected: 'a function that returns tensors',
      received: 'a promise',
      remedy:
        'Build synchronously, read asynchronously: return the tensors and await what the compiled function gives.',
    });
  }
  const tree = result as R;
  return { inputs, result: tree, outputs: flattenTree(name, tree), effects: recorder.effects };
}
