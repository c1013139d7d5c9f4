import { type BackendName, currentBackend, getBackend } from '../backends/index.js';
import type { TensorSpec } from '../ops/index.js';
import { buildPlan, explain, type Plan, rebuildTree, type TensorTree, trace } from '../plan/index.js';
import type { Tensor } from '../tensor.js';
import { Program } from './program.js';

/** Options of `compile`; `R` is what the compiled function gives. */
export interface CompileOptions<R = TensorTree> {
  /** What `explain()` and errors call it. @defaultValue the function's own name */
  readonly name?: string;
  /** Anything besides the inputs that what `fn` does depends on: a changed key means a new trace. */
  readonly key?: () => string;
  /** How many plans to keep; the least recently used one goes first. @defaultValue `8` */
  readonly cacheSize?: number;
  /** @defaultValue the backend that is current at the call */
  readonly backend?: BackendName;
  /**
   * Looks at what a call has computed before its assignments take place; they wait for it. If it throws or rejects, so does
   * the call, and no variable has changed.
   * @defaultValue everything is accepted
   */
  readonly accept?: (result: R) => void | Promise<void>;
}

/** A function that runs as a plan: traced once per signature of its inputs, run as often as it is called. */
export interface CompiledFunction<A extends readonly Tensor[], R extends TensorTree> {
  /**
   * Runs the plan. Calls take place in the order they are made. Await a call before you assign to its variables by hand:
   * values are taken when its turn comes.
   */
  (...inputs: A): Promise<R>;
  /** The plan for inputs of these shapes; traces it if need be, runs nothing. */
  plan(...inputs: { readonly [I in keyof A]: TensorSpec }): Plan;
  /** The same plan in words. */
  explain(...inputs: { readonly [I in keyof A]: TensorSpec }): string;
}

interface Entry<R> {
  readonly program: Program;
  readonly result: R;
}

/** Effects of one call must be visible to the next: calls of compiled functions stand in one line. */
let line: Promise<unknown> = Promise.resolve();

/**
 * Makes `fn` run as a plan. Inside `fn` inputs are placeholders: shapes are known, numbers are not; assignments to
 * variables take place together after everything has been computed, so a call that fails changes nothing.
 *
 * ```ts
 * const step = compile((x: Tensor, y: Tensor) => {
 *   const loss = mean(square(sub(matmul(x, w.value), y)));
 *   const [dw] = gradients(loss, [w]);
 *   w.assign(sub(w.value, mul(dw, 0.1)));
 *   return loss;
 * });
 * await step(x, y);
 * ```
 * @throws {TraceError} if `fn` is asynchronous or reads a value.
 */
export function compile<A extends readonly Tensor[], R extends TensorTree>(
  fn: (...inputs: A) => R,
  options: CompileOptions<R> = {},
): CompiledFunction<A, R> {
  const { name = fn.name || 'compiled function', key = () => '', cacheSize = 8, accept } = options;
  const entries = new Map<string, Entry<R>>();

  const entryFor = (inputs: readonly TensorSpec[]): Entry<R> => {
    const backend = options.backend ?? currentBackend();
    const specs = inputs.map(({ shape, dtype }) => ({ shape, dtype }));
    const signature = JSON.stringify([backend, specs, key()]);
    let entry = entries.get(signature);
    if (entry === undefined) {
      const traced = trace(name, (...placeholders) => fn(...(placeholders as readonly Tensor[] as A)), specs);
      const plan = buildPlan({
        name,
        outputs: traced.outputs,
        effects: traced.effects,
        style: getBackend(backend).style,
      });
      entry = { program: new Program(plan, getBackend(backend)), result: traced.result };
    }
    // Setting a key anew moves it to the end: the first key is the least recently used.
    entries.delete(signature);
    entries.set(signature, entry);
    const [oldest] = entries.keys();
    if (entries.size > cacheSize && oldest !== undefined) {
      entries.get(oldest)?.program.dispose();
      entries.delete(oldest);
    }
    return entry;
  };

  const call = async (...inputs: A): Promise<R> => {
    const run = line.then(async () => {
      const { program, result } = entryFor(inputs);
      const outputs = await program.run(inputs, accept && ((tensors) => accept(rebuildTree(result, tensors))));
      return rebuildTree(result, outputs);
    });
    line = run.catch(() => {});
    return run;
  };
  const plan = (...inputs: readonly TensorSpec[]): Plan => entryFor(inputs).program.plan;
  return Object.assign(call, { plan, explain: (...inputs: readonly TensorSpec[]) => explain(plan(...inputs)) });
}
