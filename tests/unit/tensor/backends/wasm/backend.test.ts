import {
  ArgumentError,
  BackendError,
  compile,
  DataLostError,
  mul,
  neg,
  type Plan,
  relu,
  tensor,
  withOrigin,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import { spareBytes } from '../../../../../src/tensor/backends/wasm/engine/control.js';
import type { Engine, Program } from '../../../../../src/tensor/backends/wasm/engine/engine.js';
import type { WasmOptions } from '../../../../../src/tensor/backends/wasm/options.js';
import { PlanTooLargeError } from '../../../../../src/tensor/backends/wasm/planTooLargeError.js';
import { Storage } from '../../../../../src/tensor/storage.js';
import { broken, openEngine } from '../../../../support/engines.js';
import { caught, expectExplained } from '../../../../support/explained-error.js';

const numbers = Float32Array.of(1, -2, 3);
const spec = { shape: [3], dtype: 'float32' } as const;

/** Two steps with names. */
function namedPlan(): Plan {
  const fn = compile((x) => withOrigin('second', () => relu(withOrigin('first', () => neg(x)))), {
    backend: 'reference',
  });
  return fn.plan(spec);
}

function backendOn(engine: Engine): WasmBackend {
  return new WasmBackend({}, () => engine);
}

describe('the wasm backend', () => {
  it.each<[string, object]>([
    ['no threads', { threads: 0 }],
    ['half a thread', { threads: 1.5 }],
    ['more threads than it has places for', { threads: 129 }],
    ['threads in words', { threads: 'all' }],
    ['an unknown word for relaxedSimd', { relaxedSimd: 'always' }],
    ['an unknown word for sharedMemory', { sharedMemory: true }],
    ['canaries in words', { canaries: 'some' }],
    ['an unknown option', { workers: 2 }],
  ])('refuses %s', async (_, options) => {
    const backend = new WasmBackend({ threads: 1 });
    expectExplained(await caught(() => new WasmBackend(options as WasmOptions)), ArgumentError);
    expectExplained(await caught(() => backend.configure(options as WasmOptions)), ArgumentError);
    expect(backend.describe().device).toContain('1 worker');
  });

  it('keeps what options leave out, and says how many workers it has', () => {
    const backend = new WasmBackend({ threads: 3 });
    backend.configure({ relaxedSimd: 'never' });
    expect(backend.describe().device).toContain('3 workers');
    backend.configure({ threads: 1 });
    expect(backend.describe().device).toContain('1 worker');
    expect(new WasmBackend({ threads: 3, sharedMemory: 'never' }).describe().device).toContain('1 worker');
  });

  it('does not change how it lays out memory, which is in use', async () => {
    const backend = new WasmBackend({});
    expectExplained(await caught(() => backend.configure({ sharedMemory: 'never' })), ArgumentError);
    expectExplained(await caught(() => backend.configure({ canaries: true })), ArgumentError);
  });

  it('names the step that failed, keeps its buffers, and frees what was to be the result', async () => {
    const { engine } = openEngine('shared');
    const backend = backendOn(engine);
    const executable = await backend.prepare(namedPlan());
    const input = backend.upload(numbers);
    await executable.run([input]);
    const { count } = engine.heap;
    const run = engine.run.bind(engine);
    engine.run = (program: Program) => run(broken(program, program.instructionCount - 1));
    const error = await caught(() => executable.run([input]));
    expect(error).toMatchObject({ name: 'WorkerError', step: expect.stringMatching(/first|second/) });
    expect(engine.heap.count).toBe(count);
    engine.run = run;
    const [result] = await executable.run([input]);
    expect(await backend.download(result as typeof input)).toEqual(Float32Array.of(0, 2, 0));
  });

  it('refuses a plan that cannot fit, with the bytes it needs and the largest thing in it', async () => {
    const backend = new WasmBackend({ threads: 1 });
    const wide = compile((x) => mul(neg(x), x), { backend: 'reference' }).plan({
      shape: [2 ** 14, 2 ** 14],
      dtype: 'float32',
    });
    const { maxBytes } = backend.describe();
    const error = await caught(() => backend.prepare({ ...wide, memory: { ...wide.memory, arenaBytes: maxBytes } }));
    expectExplained(error, PlanTooLargeError);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ bytes: maxBytes + 2 * 2 ** 30, maxBytes });
    expect(error.message).toMatch(/of neg.*batch/);
  });

  it('changes nothing if there is no room for a result in the middle of a program', async () => {
    const { engine } = openEngine('shared');
    const backend = backendOn(engine);
    const executable = await backend.prepare(namedPlan());
    const input = backend.upload(numbers);
    const rest = engine.heap.allocate(2 ** 32 - engine.heap.end - 64 - spareBytes);
    const { count } = engine.heap;
    expect(await caught(() => executable.run([input]))).toMatchObject({ name: 'OutOfMemoryError' });
    expect(engine.heap.count).toBe(count);
    engine.heap.free(rest);
    const [result] = await executable.run([input]);
    expect(await backend.download(result as typeof input)).toEqual(Float32Array.of(0, 2, 0));
  });
});

describe('a worker that had the memory to itself and died', () => {
  it('takes along what was only there; what the host knows is uploaded again', async () => {
    const { engine, workers } = openEngine('remote');
    const backend = backendOn(engine);
    const known = Storage.fromHost(numbers);
    const executable = await backend.prepare(namedPlan());
    const [result] = await executable.run([(await known.on(backend)) as Parameters<WasmBackend['free']>[0]]);
    const lost = Storage.fromDevice(backend, result as Parameters<WasmBackend['free']>[0]);
    await workers[0]?.terminate();
    expectExplained(await caught(() => lost.host()), DataLostError);
    expectExplained(await caught(() => lost.on(backend)), DataLostError);
    lost.release();
    const [again] = await executable.run([(await known.on(backend)) as Parameters<WasmBackend['free']>[0]]);
    expect(await backend.download(again as Parameters<WasmBackend['free']>[0])).toEqual(Float32Array.of(0, 2, 0));
    expect(await tensor([1]).array()).toEqual([1]);
  });
});
