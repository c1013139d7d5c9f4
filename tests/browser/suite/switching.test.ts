import {
  add,
  availableBackends,
  compile,
  DataLostError,
  type GpuMode,
  getBackend,
  gpuStatistics,
  setBackend,
  sum,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { afterEach, describe, expect, test } from 'vitest';
import { asked } from '../../support/environment.js';

const mode = asked.gpuMode as GpuMode;
const other: GpuMode = mode === 'webgpu' ? 'webgl2' : 'webgpu';

const total = compile((x: Tensor) => sum(add(x, 1)), { name: 'total' });
const ones = (): Tensor => tensor(new Float32Array(8).fill(1));
const totalOf = async (x: Tensor): Promise<number> => (await total(x)).item();

describe.runIf(asked.backend === 'gpu')('another mode of the gpu backend', () => {
  afterEach(() => setBackend('gpu', { mode }));

  // The first test of the page: what is known is not asked again.
  test('works at once after all modes have been asked about, and closed again', async () => {
    expect(gpuStatistics()).toBeNull();
    await availableBackends();
    expect(gpuStatistics()).toBeNull();
    expect(await totalOf(ones())).toBe(16);
  });

  test('works at once after a change of mind', async () => {
    expect(await totalOf(ones())).toBe(16);
    setBackend('gpu', { mode: other });
    setBackend('gpu', { mode });
    expect(await totalOf(ones())).toBe(16);
  });

  test('computes the same on another device, and back again', async () => {
    const x = ones();
    expect(await totalOf(x)).toBe(16);
    expect(getBackend('gpu').describe().device).toMatch(mode);
    setBackend('gpu', { mode: other });
    expect(await totalOf(x)).toBe(16);
    expect(getBackend('gpu').describe().device).toMatch(other);
    setBackend('gpu', { mode });
    expect(await totalOf(x)).toBe(16);
    expect(getBackend('gpu').describe().device).toMatch(mode);
  });

  test('leaves behind what was only on the device before', async () => {
    const onlyThere = await total(ones());
    setBackend('gpu', { mode: other });
    await expect(onlyThere.data()).rejects.toThrow(DataLostError);
    expect(await totalOf(ones())).toBe(16);
  });

  test('is asked about without harm to the device that is open', async () => {
    const onlyThere = await total(ones());
    const before = gpuStatistics();
    const modes = (await availableBackends()).filter(({ backend }) => backend === 'gpu');
    expect(modes.map((found) => [found.mode, found.isAvailable])).toEqual([
      ['webgpu', true],
      ['webgl2', true],
      ['headlessgl', false],
    ]);
    expect(gpuStatistics()).toEqual(before);
    expect(await onlyThere.item()).toBe(16);
  });
});
