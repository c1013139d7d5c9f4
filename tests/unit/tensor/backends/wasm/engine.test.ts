import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { spareBytes } from '../../../../../src/tensor/backends/wasm/engine/control.js';
import type { Engine } from '../../../../../src/tensor/backends/wasm/engine/engine.js';
import {
  OutOfMemoryError,
  WorkerError,
  WorkerStallError,
  WorkerStartError,
} from '../../../../../src/tensor/backends/wasm/engine/errors.js';
import { SharedEngine } from '../../../../../src/tensor/backends/wasm/engine/sharedEngine.js';
import { spawnWorker } from '../../../../../src/tensor/backends/wasm/engine/spawn.js';
import { headerWords } from '../../../../../src/tensor/backends/wasm/instructions.js';
import { broken, copyProgram, engineKinds, openEngine } from '../../../../support/engines.js';
import { caught, expectExplained } from '../../../../support/explained-error.js';

const size = 200_000;
const numbers = Uint8Array.from({ length: size }, (_, i) => (i * 7) % 251);

async function expectNumbersAt(engine: Engine, address: number): Promise<void> {
  // Comparing buffers takes no time, unlike comparing arrays element by element.
  expect(Buffer.from(await engine.read(address, size)).equals(numbers)).toBe(true);
}

/** Copies through the engine and compares. */
async function expectItComputes(engine: Engine): Promise<void> {
  const [from, to] = [engine.heap.allocate(size), engine.heap.allocate(size)];
  engine.write(from, numbers);
  await engine.run(copyProgram(engine, to, from, size, 3));
  await expectNumbersAt(engine, to);
}

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
process.on('unhandledRejection', note);
afterAll(() => {
  process.off('unhandledRejection', note);
});
afterEach(() => {
  expect(unhandled).toEqual([]);
});

describe.each(Object.keys(engineKinds) as (keyof typeof engineKinds)[])('the %s engine', (kind) => {
  it('writes, runs and reads in the order it is asked to, without anybody waiting in between', async () => {
    const { engine } = openEngine(kind);
    const [a, b, c] = [engine.heap.allocate(size), engine.heap.allocate(size), engine.heap.allocate(size)];
    engine.write(a, numbers);
    const runs = [
      engine.run(copyProgram(engine, b, a, size)),
      engine.run(copyProgram(engine, c, b, size)),
      engine.run(copyProgram(engine, b, c, 1000)),
    ];
    await expectNumbersAt(engine, c);
    await Promise.all(runs);
  });

  it('goes on with another number of workers and another build, in the same memory', async () => {
    const { engine } = openEngine(kind, { workers: 1 });
    const kept = engine.heap.allocate(size);
    engine.write(kept, numbers);
    for (const workers of [3, 2, 4, 1]) {
      engine.configure({ workers, relaxedSimd: workers % 2 === 0 ? 'auto' : 'never' });
      await expectItComputes(engine);
    }
    await expectNumbersAt(engine, kept);
  });

  it('names the step in which a worker did what it must not, and computes the next program', async () => {
    const { engine } = openEngine(kind);
    const [from, to] = [engine.heap.allocate(size), engine.heap.allocate(size)];
    const error = await caught(() => engine.run(broken(copyProgram(engine, to, from, size, 5), 3)));
    expectExplained(error, WorkerError);
    expect(error).toMatchObject({ step: 'copy number 3' });
    await expectItComputes(engine);
  });

  it('names the step that writes outside the memory', async () => {
    const { engine } = openEngine(kind);
    const outside = 2 ** 32 - 65_536;
    const error = await caught(() => engine.run(copyProgram(engine, outside, engine.heap.end, 100)));
    expect(error).toMatchObject({ name: 'WorkerError', step: 'copy number 0' });
    await expectItComputes(engine);
  });

  it('lets kernels load a few bytes past the end of the heap, wherever that is', async () => {
    const { engine } = openEngine(kind);
    const end = 2 ** 26;
    const program = copyProgram(engine, engine.heap.allocate(spareBytes), end, spareBytes);
    engine.heap.allocate(end - engine.heap.end);
    expect(engine.heap.end).toBe(end);
    await engine.run(program);
  });

  it('rejects what is under way when a worker is ended, and starts new ones for the next', async () => {
    const { engine, workers } = openEngine(kind);
    const [from, to] = [engine.heap.allocate(2 ** 26), engine.heap.allocate(2 ** 26)];
    await expectItComputes(engine);
    const running = engine.run(copyProgram(engine, to, from, 2 ** 26, 2000));
    setTimeout(() => void workers[workers.length - 1]?.terminate(), 20);
    expectExplained(await caught(() => running), WorkerError);
    await expectItComputes(engine);
  });

  it('starts new workers after one has died with nothing to do', async () => {
    const { engine, workers } = openEngine(kind);
    await expectItComputes(engine);
    await workers[0]?.terminate();
    await expectItComputes(engine);
  });

  it('explains that there are no workers to be had', async () => {
    const engine = new engineKinds[kind]({ workers: 2, relaxedSimd: 'auto' }, async () => {
      throw new Error('workers are forbidden here');
    });
    const program = copyProgram(engine, engine.heap.allocate(64), engine.heap.allocate(64), 64);
    const error = await caught(() => engine.run(program));
    expectExplained(error, WorkerStartError);
    expect(error.message).toContain('workers are forbidden here');
  });

  it('refuses to grow further than its addresses reach, and is unchanged', async () => {
    const { engine } = openEngine(kind);
    const before = engine.heap.end;
    expectExplained(await caught(() => engine.heap.allocate(2 ** 32)), OutOfMemoryError);
    expect(engine.heap.end).toBe(before);
    await expectItComputes(engine);
  });

  it('reaches what lies above 2 GiB', async () => {
    const { engine } = openEngine(kind);
    engine.heap.allocate(2 ** 31);
    await expectItComputes(engine);
  });

  it('rests, and starts again', async () => {
    const { engine } = openEngine(kind);
    await expectItComputes(engine);
    await engine.rest();
    await expectItComputes(engine);
  });
});

describe('workers that stand still', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are replaced if they have not even started', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let mute = 2;
    const ended: number[] = [];
    const engine = new SharedEngine({ workers: 2, relaxedSimd: 'auto' }, async (source, events) => {
      if (mute === 0) return spawnWorker(source, events);
      const worker = mute--;
      return { post: () => {}, hold: () => {}, terminate: async () => void ended.push(worker) };
    });
    const done = expectItComputes(engine);
    await vi.advanceTimersByTimeAsync(21_000);
    await done;
    expect(ended).toEqual([2, 1]);
    await engine.rest();
  });

  it('are ended in the middle of a program, which is told with the step', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { engine } = openEngine('shared');
    await expectItComputes(engine);
    const [from, to] = [engine.heap.allocate(size), engine.heap.allocate(size)];
    const program = copyProgram(engine, to, from, size, 3);
    const words = program.words.slice();
    // Whoever takes no unit at a time is never done.
    words[words.length / 3 + headerWords.indexOf('grain')] = 0;
    const failed = caught(() => engine.run({ ...program, words }));
    // Time for the workers to come as far as they do.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await vi.advanceTimersByTimeAsync(121_000);
    const error = await failed;
    expectExplained(error, WorkerStallError);
    expect((error as WorkerStallError).step).toBe('copy number 1');
    expect((error as Error).message).toMatch(/2 of 2 started.*passed/);
    await expectItComputes(engine);
    await engine.rest();
  });
});

describe('a program that is said to be over', () => {
  it('is not over because one before it is', async () => {
    let again = (): void => {};
    const engine = new SharedEngine({ workers: 2, relaxedSimd: 'auto' }, (source, { onMessage, onEnd }) =>
      spawnWorker<Parameters<typeof onMessage>[0]>(source, {
        onMessage: (message) => {
          onMessage(message);
          again = () => onMessage(message);
        },
        onEnd,
      }),
    );
    const [from, between, to] = [engine.heap.allocate(size), engine.heap.allocate(size), engine.heap.allocate(size)];
    await expectItComputes(engine);
    engine.write(from, numbers);
    const long = copyProgram(engine, between, from, size, 1000);
    const last = copyProgram(engine, to, between, size);
    const words = Int32Array.of(...long.words, ...last.words);
    const address = engine.heap.allocate(words.byteLength);
    const running = engine.run({ ...long, words, address, instructionCount: 1001 });
    await new Promise((resolve) => setTimeout(resolve));
    again();
    await running;
    await expectNumbersAt(engine, to);
    await engine.rest();
  });
});

describe('an engine that loses a worker', () => {
  it('keeps its memory if it shares it', async () => {
    const { engine, workers } = openEngine('shared');
    const { heap } = engine;
    const address = heap.allocate(size);
    engine.write(address, numbers);
    await expectItComputes(engine);
    await workers[1]?.terminate();
    await expectItComputes(engine);
    expect(engine.heap).toBe(heap);
    await expectNumbersAt(engine, address);
  });

  it('has another heap if the worker had the memory to itself', async () => {
    const { engine, workers } = openEngine('remote');
    const { heap } = engine;
    await expectItComputes(engine);
    await workers[0]?.terminate();
    expect(engine.heap).not.toBe(heap);
  });
});
