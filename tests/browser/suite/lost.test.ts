import {
  add,
  compile,
  DataLostError,
  DeviceLostError,
  exp,
  gpuStatistics,
  mul,
  sum,
  type Tensor,
  tensor,
  Variable,
} from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { asked } from '../../support/environment.js';
import { atNextLaunch, watchDevices } from '../../support/lost-device.js';

const loseDevice = watchDevices();

const work = compile((x: Tensor) => add(sum(exp(x), { axes: [1] }), 1), { name: 'work' });
const read = async (result: Promise<Tensor>): Promise<readonly number[]> => [...(await (await result).data())];
const zeros = (): Tensor => tensor(new Float32Array(6), { shape: [2, 3] });

/** Loses the device while nothing runs, and lets the page hear of it. */
async function loseNow(): Promise<void> {
  loseDevice();
  await new Promise((resolve) => setTimeout(resolve, 100));
}

describe.runIf(asked.backend === 'gpu')('a device that is lost', () => {
  test('rejects the call that runs, and the next one works on a new device', async () => {
    const x = zeros();
    expect(await read(work(x))).toEqual([4, 4]);
    atNextLaunch(loseDevice);
    await expect(read(work(x))).rejects.toThrow(DeviceLostError);
    expect(await read(work(x))).toEqual([4, 4]);
    // It is a new one: it has done this and no more.
    expect(gpuStatistics()?.readbacks).toBe(1);
  });

  test('does no harm while nothing runs to what the host knows', async () => {
    const x = zeros();
    const bias = new Variable([1, 2, 3]);
    const sums = compile((input: Tensor) => sum(add(input, bias.value), { axes: [1] }), { name: 'sums' });
    expect(await read(sums(x))).toEqual([6, 6]);
    await loseNow();
    expect(await read(sums(x))).toEqual([6, 6]);
  });

  test('takes with it what was only there, and says so', async () => {
    const onlyThere = await work(zeros());
    await loseNow();
    await expect(onlyThere.data()).rejects.toThrow(DataLostError);
    await expect(mul(onlyThere, 2).data()).rejects.toThrow(DataLostError);
  });

  test('takes the state of a training with it, which goes on once it is assigned anew', async () => {
    const counter = new Variable(tensor([0, 0]));
    const count = compile(
      () => {
        counter.assign(add(counter.value, 1));
        return sum(counter.value);
      },
      { name: 'count' },
    );
    await count();
    expect(await read(count())).toEqual([4]);
    await loseNow();
    await expect(count()).rejects.toThrow(DataLostError);
    counter.assign([10, 10]);
    expect(await read(count())).toEqual([22]);
    expect([...(await counter.value.data())]).toEqual([11, 11]);
  });
});
