import { getBackend } from '../backends/index.js';
import { TraceError } from '../errors.js';
import { ancestors } from '../ops/index.js';
import { buildPlan, type Plan } from '../plan/index.js';
import type { Storage } from '../storage.js';
import { installEvaluator, type Tensor } from '../tensor.js';
import { currentScope } from '../variable.js';
import { Program } from './program.js';

/** Reading a tensor is running a plan that computes it, once. There is no second, eager engine. */
export async function evaluateOnce(tensors: readonly Tensor[]): Promise<readonly Storage[]> {
  const missing = tensors.filter(({ storage }) => storage === null);
  if (missing.length > 0) {
    checkReadable(missing);
    const backend = getBackend();
    const program = new Program(buildPlan({ name: 'read', outputs: missing, style: backend.style }), backend);
    const results = await program.run([]);
    missing.forEach((tensor, i) => {
      tensor.storage ??= (results[i] as Tensor).storage;
    });
    program.dispose();
    // A constant that is read once, such as the 0 of zeros, need not stay on the device.
    for (const storage of constantsOf(program.plan)) storage.disposeOnce();
  }
  return tensors.map(({ storage }) => storage as Storage);
}

function constantsOf({ values, prelude }: Plan): readonly Storage[] {
  const own = values.flatMap(({ source }) => (source.kind === 'constant' ? [source.storage] : []));
  return prelude === null ? own : [...own, ...constantsOf(prelude)];
}

function checkReadable(tensors: readonly Tensor[]): void {
  const open = ancestors(tensors, (node) => (node.storage === null ? node.inputs : [])).find(
    ({ storage, op }) => storage === null && (op === 'placeholder' || op === 'variable'),
  );
  if (open === undefined && currentScope() === null) return;
  throw new TraceError({
    operation: 'data',
    expected: 'a tensor with numbers to read',
    received:
      open === undefined
        ? 'a read inside a compiled function'
        : `one that depends on a ${open.op} of a compiled function`,
    remedy: 'Inside compile(fn) only shapes are known. Return the tensor and read it outside.',
  });
}

installEvaluator(evaluateOnce);
