import { expect, it } from 'vitest';
import { interruptible } from '../../../../src/io/untrusted/interruptible.js';
import { ReadRefusal } from '../../../../src/io/untrusted/readRefusal.js';

it('stops work that never ends', async () => {
  let rounds = 0;
  const endless = (): number => {
    for (;;) rounds++;
  };
  await expect(interruptible(50, endless)).rejects.toThrow(ReadRefusal);
  expect(rounds).toBeGreaterThan(0);
});

it('gives what work gives, and throws what it throws', async () => {
  expect(await interruptible(10_000, () => 'done')).toBe('done');
  const thrown = new RangeError('no');
  const failing = (): void => {
    throw thrown;
  };
  await expect(interruptible(10_000, failing)).rejects.toBe(thrown);
});

it('begins again what was not computing but waiting', async () => {
  let times = 0;
  const waiting = (): number => {
    times++;
    if (times === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
    return times;
  };
  expect(await interruptible(200, waiting)).toBe(2);
});
