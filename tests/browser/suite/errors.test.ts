import {
  ArgumentError,
  add,
  BackendError,
  compile,
  currentBackend,
  DeviceUnavailableError,
  exp,
  gpuStatistics,
  mul,
  setBackend,
  sqrt,
  sum,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { asked } from '../../support/environment.js';

const ones = (...shape: readonly number[]): Tensor =>
  tensor(new Float32Array(shape.reduce((product, extent) => product * extent, 1)).fill(1), { shape: [...shape] });

const compiled = (): number | undefined => gpuStatistics()?.compiled;

/** What a call rejects with. */
async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => expect.fail(`resolved to ${value}`),
    (error: unknown) => error,
  );
}

describe.runIf(asked.backend === 'gpu')('the gpu backend', () => {
  beforeAll(async () => {
    // Opens the device.
    await exp(ones(2)).data();
  });

  test('refuses tensors whose elements floats cannot count, before anything is compiled', async () => {
    const before = compiled();
    const product = compile((x: Tensor, y: Tensor) => sum(mul(x, y)), { name: 'product' });
    const error = await errorOf(product(ones(4097, 1), ones(1, 4096)));
    expect(error).toBeInstanceOf(BackendError);
    expect((error as Error).message).toMatch(/product.*mul.*16777216.*16781312.*setBackend\('wasm'\)/s);
    expect(compiled()).toBe(before);
  });

  test('refuses whole numbers that floats do not hold exactly', async () => {
    const error = await errorOf(add(tensor(Int32Array.of(1, 2 ** 24 + 1)), 1).data());
    expect(error).toBeInstanceOf(ArgumentError);
    expect((error as Error).message).toMatch(/16777216.*16777217.*setBackend\('wasm'\)/s);
    expect([...(await add(tensor(Int32Array.of(-(2 ** 24) + 1)), 1).data())]).toEqual([-(2 ** 24) + 2]);
  });

  test('refuses double precision', async () => {
    const error = await errorOf(exp(tensor(Float64Array.of(1, 2))).data());
    expect(error).toBeInstanceOf(BackendError);
    expect((error as Error).message).toMatch(/exp.*float32.*float64.*setBackend\('reference'\)/s);
  });

  test('refuses unknown modes and options, and stays as it was', async () => {
    expect(() => setBackend('gpu', { mode: 'vulkan' as 'webgpu' })).toThrow(/vulkan/);
    expect(() => setBackend('gpu', { modes: 'webgpu' } as object)).toThrow(/modes/);
    expect(currentBackend()).toBe('gpu');
    const before = compiled();
    expect(before).toBeGreaterThan(0);
    await exp(ones(2)).data();
    expect(compiled()).toBe(before);
  });

  test('says why a mode is not to be had, and takes another one', async () => {
    setBackend('gpu', { mode: 'headlessgl' });
    try {
      const error = await errorOf(exp(ones(2)).data());
      expect(error).toBeInstanceOf(DeviceUnavailableError);
      expect(error).toMatchObject({ mode: 'headlessgl', message: expect.stringMatching(/npm install gl/) });
    } finally {
      setBackend('gpu', { mode: asked.gpuMode as 'webgl2' | 'webgpu' });
    }
    expect([...(await add(ones(2), 1).data())]).toEqual([2, 2]);
  });

  test('compiles nothing for a plan whose steps it has seen in another', async () => {
    const plan = (name: string, fn: (x: Tensor) => Tensor) =>
      compile((x: Tensor) => sum(fn(mul(x, x)), { axes: [1] }), { name });
    await (await plan('first', exp)(ones(5, 7))).data();
    const before = compiled();
    await (await plan('second', exp)(ones(5, 7))).data();
    expect(compiled()).toBe(before);
    await (await plan('third', sqrt)(ones(5, 7))).data();
    expect(compiled()).toBeGreaterThan(before as number);
  });
});
