import { availableBackends, setBackend } from 'mapache/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import type { Availability, BackendName, GpuMode } from '../../../../src/tensor/backends/index.js';
import { choose } from '../../../../src/tensor/execution/chooseBackend.js';

type Candidate = Availability<BackendName, GpuMode>;

const wasm: Candidate = { backend: 'wasm', isAvailable: true, device: 'SIMD', kind: 'software' };
const gpu = (mode: GpuMode, rest: Partial<Candidate> = {}): Candidate => ({
  backend: 'gpu',
  mode,
  isAvailable: true,
  device: 'a card',
  kind: 'hardware',
  ...rest,
});
const missing = gpu('webgpu', { isAvailable: false, device: '', kind: 'software', reason: 'no adapter' });

describe('the choice of a backend', () => {
  it('takes the fastest of what there is, and says how long each took', async () => {
    const times: Record<string, number> = { wasm: 10, webgl2: 4, webgpu: 2 };
    const measure = async ({ backend, mode }: Candidate): Promise<number> => times[mode ?? backend] as number;
    const choice = await choose([wasm, gpu('webgl2'), gpu('webgpu')], measure);
    expect(choice).toMatchObject({ backend: 'gpu', mode: 'webgpu', device: 'a card' });
    expect(choice.reason).toMatch(/wasm 10\.0 ms, webgl2 4\.0 ms, webgpu 2\.0 ms/);
  });

  it('stays with wasm where the card is slower', async () => {
    const choice = await choose([wasm, gpu('webgl2')], async ({ backend }) => (backend === 'wasm' ? 1 : 2));
    expect(choice).toMatchObject({ backend: 'wasm', device: 'SIMD' });
  });

  it('never takes a program that draws, and measures nothing then', async () => {
    const software = gpu('webgl2', { device: 'SwiftShader', kind: 'software' });
    const choice = await choose([wasm, missing, software], () => Promise.reject(new Error('it was measured')));
    expect(choice.backend).toBe('wasm');
    expect(choice.reason).toMatch(/webgpu: no adapter; webgl2: SwiftShader is software/);
  });

  it('leaves out a candidate that fails, and says why', async () => {
    const choice = await choose([wasm, gpu('webgpu'), gpu('webgl2')], async ({ mode }) => {
      if (mode === 'webgpu') throw new Error('the driver crashed');
      return mode === undefined ? 5 : 3;
    });
    expect(choice).toMatchObject({ backend: 'gpu', mode: 'webgl2' });
    expect(choice.reason).toContain('webgpu failed: the driver crashed');
  });
});

describe('where there is no browser', () => {
  afterAll(() => setBackend('wasm'));

  it('every way to a graphics processor says why it is none', async () => {
    const found = await availableBackends();
    expect(found.map(({ backend, mode }) => mode ?? backend)).toEqual([
      'reference',
      'wasm',
      'webgpu',
      'webgl2',
      'headlessgl',
    ]);
    for (const { isAvailable, reason } of found.slice(2)) if (!isAvailable) expect(reason).not.toBe('');
  });

  it.runIf(typeof navigator === 'undefined' || !('gpu' in navigator))('the choice is wasm', async () => {
    const choice = await setBackend('auto');
    expect(choice).toMatchObject({ backend: 'wasm', reason: expect.stringContaining('no graphics processor') });
  });
});
