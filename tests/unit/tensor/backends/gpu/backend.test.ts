import {
  add,
  BackendError,
  broadcastTo,
  buildPlan,
  concat,
  DataLostError,
  exp,
  getBackend,
  matmul,
  mul,
  neg,
  relu,
  reshape,
  sum,
  type Tensor,
  trace,
  wrap,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { GpuBackend } from '../../../../../src/tensor/backends/gpu/backend.js';
import type { GpuBuffer } from '../../../../../src/tensor/backends/gpu/buffer.js';
import { DeviceLostError, DeviceUnavailableError } from '../../../../../src/tensor/backends/gpu/device/errors.js';
import { openDevice } from '../../../../../src/tensor/backends/gpu/device/open.js';
import { Program } from '../../../../../src/tensor/execution/program.js';
import { JavaScriptDevice } from '../../../../support/javascript-device.js';

const vector = (length: number): Tensor =>
  wrap(
    Float32Array.from({ length }, (_, i) => Math.sin(i)),
    [length],
    'float32',
  );

/** A backend, and every device that it opens. */
function opened(): { readonly backend: GpuBackend; readonly devices: readonly JavaScriptDevice[] } {
  const devices: JavaScriptDevice[] = [];
  const open = async (): Promise<JavaScriptDevice> => {
    const device = new JavaScriptDevice('texture');
    devices.push(device);
    return device;
  };
  return { backend: new GpuBackend({}, open), devices };
}

function programOf(backend: GpuBackend, fn: (x: Tensor) => Tensor, x: Tensor): Program {
  const { outputs } = trace('program', (input) => fn(input as Tensor), [x]);
  return new Program(buildPlan({ name: 'program', outputs, style: backend.style }), backend);
}

describe('memory of the gpu backend', () => {
  it('is given back after its last use, and used again by the next run', async () => {
    const { backend, devices } = opened();
    const x = vector(400);
    const program = programOf(backend, (input) => sum(exp(neg(relu(add(input, sum(exp(input))))))), x);
    const counts: unknown[] = [];
    for (let run = 0; run < 3; run++) {
      const [y] = await program.run([x]);
      await (y as Tensor).data();
      (y as Tensor).storage?.dispose();
      const { held, pooled, compiled } = (devices[0] as JavaScriptDevice).statistics();
      counts.push({ held, pooled, compiled });
    }
    expect(counts[1]).toEqual(counts[2]);
    expect(counts[2]).toMatchObject({ compiled: (counts[0] as { compiled: number }).compiled });
  });

  it('that is given back while a run waits for it is there until the run is over', async () => {
    const { backend, devices } = opened();
    const { outputs } = trace('waiting', (input) => exp(input as Tensor), [vector(8)]);
    const executable = await backend.prepare(buildPlan({ name: 'waiting', outputs }));
    const x = backend.upload(Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7));
    const runs = [executable.run([x]), executable.run([x])];
    backend.free(x);
    const results = (await Promise.all(runs)).flat();
    for (const result of results) expect((await backend.download(result as GpuBuffer))[1]).toBeCloseTo(Math.E, 5);
    for (const result of results) backend.free(result as GpuBuffer);
    await backend.rest();
    expect((devices[0] as JavaScriptDevice).statistics()).toMatchObject({ held: 0, pooled: 0 });
  });

  it('is not copied for a result that is an input under another shape', async () => {
    const { backend, devices } = opened();
    const x = vector(12);
    const program = programOf(backend, (input) => reshape(input, [3, 4]), x);
    const [y] = await program.run([x]);
    expect((devices[0] as JavaScriptDevice).statistics().runs).toBe(0);
    expect(await (y as Tensor).data()).toEqual(await x.data());
  });

  it('and kernels are gone after a rest, and come back', async () => {
    const { backend, devices } = opened();
    const x = vector(8);
    const program = programOf(backend, (input) => exp(input), x);
    const expected = (await x.data()).map(Math.exp);
    for (let run = 0; run < 2; run++) {
      const [y] = await program.run([x]);
      expect(await (y as Tensor).data()).toEqual(expected);
      (y as Tensor).storage?.dispose();
      await backend.rest();
      // What is used a second time stays.
      expect((devices[0] as JavaScriptDevice).statistics()).toMatchObject({ held: run, pooled: 0, kernels: 0 });
    }
  });
});

describe('a device that is lost', () => {
  it('rejects the run, and the next one opens another device', async () => {
    const { backend, devices } = opened();
    const x = vector(8);
    const program = programOf(backend, (input) => exp(input), x);
    const [kept] = await program.run([x]);
    const device = devices[0] as JavaScriptDevice;
    device.run = () => {
      device.isLost = true;
    };
    await expect(program.run([x])).rejects.toThrow(DeviceLostError);
    const [y] = await program.run([x]);
    expect(await (y as Tensor).data()).toEqual((await x.data()).map(Math.exp));
    expect(devices).toHaveLength(2);
    await expect((kept as Tensor).data()).rejects.toThrow(DataLostError);
  });
});

describe('the gpu backend refuses', () => {
  const { backend, devices } = opened();

  it('tensors beyond what indices in single precision can reach, naming the step', async () => {
    const { outputs } = trace('huge', (x) => exp(add(x as Tensor, vector(1))), [vector(1)]);
    const plan = buildPlan({ name: 'huge', outputs });
    const values = plan.values.map((value) => (value.source.kind === 'step' ? { ...value, shape: [2 ** 25] } : value));
    await expect(backend.prepare({ ...plan, values })).rejects.toThrow(BackendError);
    await expect(backend.prepare({ ...plan, values })).rejects.toThrow(
      /huge, add: expected tensors of at most 16777216/,
    );
  });

  it('double precision', async () => {
    const x = wrap(new Float64Array(2), [2], 'float64');
    await expect(programOf(backend, (input) => neg(input), x).run([x])).rejects.toThrow(
      /float64.*setBackend\('reference'\)/,
    );
  });

  it('whole numbers that float32 does not hold', () => {
    expect(() => backend.upload(Int32Array.of(2 ** 24 + 1))).toThrow(/16777217/);
    expect(() => backend.upload(Int32Array.of(-(2 ** 24)))).not.toThrow();
  });

  it('unknown options', () => {
    expect(() => backend.configure({ mode: 'webgl' as 'webgl2' })).toThrow(/'webgpu' or 'webgl2' or 'headlessgl'/);
    expect(() => backend.configure({ threads: 2 } as object)).toThrow(/threads/);
  });

  it('all of that without opening a device', () => {
    expect(devices).toHaveLength(0);
  });
});

it.each(['webgpu', 'webgl2'] as const)('says what %s needs where it is not to be had', async (mode) => {
  await expect(openDevice(mode)).rejects.toThrow(DeviceUnavailableError);
  await expect(openDevice(mode)).rejects.toThrow(mode === 'webgpu' ? /navigator\.gpu/ : /no browser/);
});

it('computes the same with groups of steps as with single ones', async () => {
  const { backend } = opened();
  const x = vector(35);
  const fn = (input: Tensor): Tensor => {
    const rows = reshape(input, [5, 7]);
    const y = relu(add(matmul(rows, reshape(vector(49), [7, 7])), vector(7)));
    return add(mul(exp(neg(y)), y), sum(y, { axes: 0 }));
  };
  const [actual] = await programOf(backend, fn, x).run([x]);
  const { outputs } = trace('plain', (input) => fn(input as Tensor), [x]);
  const [expected] = await new Program(buildPlan({ name: 'plain', outputs }), getBackend('reference')).run([x]);
  const [a, b] = [await (actual as Tensor).data(), await (expected as Tensor).data()];
  b.forEach((value, i) => {
    expect(a[i]).toBeCloseTo(value, 5);
  });
});

describe.each<readonly [string, (x: Tensor) => Tensor]>([
  [
    'joins more arrays than a kernel may read',
    (x) =>
      concat(
        Array.from({ length: 20 }, (_, i) => mul(x, i + 1)),
        0,
      ),
  ],
  ['adds up in several turns what is too long for one', (x) => sum(broadcastTo(x, [3000, 35]))],
  ['adds up columns in several turns', (x) => sum(broadcastTo(x, [3000, 35]), { axes: 0 })],
])('it %s', (_, fn) => {
  it.each(['texture', 'buffer'] as const)('from a %s', async (memory) => {
    const x = vector(35);
    const backend = new GpuBackend({}, async () => new JavaScriptDevice(memory));
    const { outputs } = trace('plan', (input) => fn(input as Tensor), [x]);
    const [actual] = await new Program(buildPlan({ name: 'plan', outputs, style: backend.style }), backend).run([x]);
    const [expected] = await new Program(buildPlan({ name: 'plan', outputs }), getBackend('reference')).run([x]);
    const [a, b] = [await (actual as Tensor).data(), await (expected as Tensor).data()];
    expect(a).toHaveLength(b.length);
    b.forEach((value, i) => {
      expect(a[i]).toBeCloseTo(value, 1);
    });
  });
});
