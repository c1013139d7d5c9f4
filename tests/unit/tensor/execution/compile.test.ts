import {
  ArgumentError,
  add,
  compile,
  gather,
  gradients,
  mean,
  mul,
  neg,
  ShapeMismatchError,
  sub,
  sum,
  type Tensor,
  TraceError,
  tensor,
  Variable,
} from 'mapache/tensor';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { getBackend } from '../../../../src/tensor/backends/index.js';

const vector = (size: number) => ({ shape: [size], dtype: 'float32' }) as const;
const filled = (size: number, value = 1): Tensor => tensor(Array.from({ length: size }, () => value));

/** A compiled function that counts how often it is traced. */
function counting(options: Parameters<typeof compile>[1] = {}) {
  let traces = 0;
  const fn = compile((x: Tensor) => {
    traces++;
    return neg(x);
  }, options);
  return { fn, traces: () => traces };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a compiled function', () => {
  it('gives what the plain function gives, in the same structure', async () => {
    const plain = (x: Tensor, y: Tensor) => ({ total: sum(add(x, y)), parts: [mul(x, 2), y] as const });
    const [x, y] = [tensor([1, 2]), tensor([3, 4])];
    const result = await compile(plain)(x, y);
    expect(await result.total.item()).toBe(10);
    expect(await result.parts[0].array()).toEqual([2, 4]);
    expect(await result.parts[1].array()).toEqual([3, 4]);
  });

  it('takes inputs that are not computed yet', async () => {
    const x = mul(tensor([1, 2]), 10);
    expect(await (await compile((y: Tensor) => neg(y))(x)).array()).toEqual([-10, -20]);
  });

  it('sees what is captured as constants', async () => {
    const captured = mul(tensor([1, 2]), 10);
    expect(await (await compile((y: Tensor) => add(y, captured))(tensor([1, 1]))).array()).toEqual([11, 21]);
  });

  it('is called what its function is called, or what it is told', () => {
    const named = (x: Tensor) => neg(x);
    expect(compile(named).plan(vector(1)).name).toBe('named');
    expect(compile(named, { name: 'other' }).plan(vector(1)).name).toBe('other');
    expect(compile(() => tensor(1)).plan().name).toBe('compiled function');
  });
});

describe('a function is traced once', () => {
  it('per shape and dtype of its inputs, whatever their numbers', async () => {
    const { fn, traces } = counting();
    await fn(filled(2, 1));
    await fn(filled(2, 7));
    expect(traces()).toBe(1);
    await fn(filled(3));
    expect(traces()).toBe(2);
    await fn(tensor([1, 2], { dtype: 'int32' }));
    expect(traces()).toBe(3);
    await fn(filled(2));
    await fn(filled(3));
    expect(traces()).toBe(3);
  });

  it('per key', async () => {
    let key = 'a';
    const { fn, traces } = counting({ key: () => key });
    await fn(filled(2));
    key = 'b';
    await fn(filled(2));
    expect(traces()).toBe(2);
    key = 'a';
    await fn(filled(2));
    expect(traces()).toBe(2);
  });

  it('also when its plan is asked for first, and nothing runs then', async () => {
    const w = new Variable(0);
    let traces = 0;
    const fn = compile((x: Tensor) => {
      traces++;
      w.assign(sum(x));
      return x;
    });
    expect(fn.plan(vector(2))).toBe(fn.plan(vector(2)));
    expect(fn.explain(vector(2))).toContain('at every run:');
    expect(w.version).toBe(0);
    await fn(filled(2));
    expect(traces).toBe(1);
    expect(w.version).toBe(1);
  });

  it('and the values of variables are not part of the trace', async () => {
    const w = new Variable(2);
    let traces = 0;
    const fn = compile((x: Tensor) => {
      traces++;
      return mul(x, w.value);
    });
    expect(await (await fn(filled(1))).array()).toEqual([2]);
    w.assign(5);
    expect(await (await fn(filled(1))).array()).toEqual([5]);
    expect(traces).toBe(1);
  });

  it('and numbers assigned by hand leave the device as soon as others replace them, unless somebody keeps them', async () => {
    const free = vi.spyOn(getBackend(), 'free');
    const w = new Variable([1, 2]);
    const fn = compile((x: Tensor) => mul(x, w.value));
    for (const next of [[3, 4], Float32Array.of(5, 6)]) {
      await fn(tensor(2));
      free.mockClear();
      w.assign(next);
      expect(free).toHaveBeenCalledTimes(1);
    }
    await fn(tensor(2));
    const kept = w.value;
    free.mockClear();
    w.assign([7, 8]);
    expect(free).not.toHaveBeenCalled();
    expect(await kept.array()).toEqual([5, 6]);
  });

  it('until it is the least recently used of too many', async () => {
    const { fn, traces } = counting({ cacheSize: 2 });
    for (const size of [1, 2, 1, 3]) await fn(filled(size));
    expect(traces()).toBe(3);
    await fn(filled(1));
    await fn(filled(3));
    expect(traces()).toBe(3);
    await fn(filled(2));
    expect(traces()).toBe(4);
  });

  it('of eight signatures by default', async () => {
    const { fn, traces } = counting();
    for (let size = 1; size <= 8; size++) await fn(filled(size));
    for (let size = 1; size <= 8; size++) await fn(filled(size));
    expect(traces()).toBe(8);
    await fn(filled(9));
    await fn(filled(1));
    expect(traces()).toBe(10);
  });

  it('a plan that is dropped gives back what it holds', async () => {
    const backend = getBackend();
    const prepare = backend.prepare.bind(backend);
    let disposed = 0;
    vi.spyOn(backend, 'prepare').mockImplementation(async (plan) => {
      const executable = await prepare(plan);
      vi.spyOn(executable, 'dispose').mockImplementation(() => void disposed++);
      return executable;
    });
    const w = new Variable([1]);
    const fn = compile((x: Tensor) => mul(x, neg(w.value)), { cacheSize: 1 });
    await fn(filled(1));
    await fn(filled(2));
    // The plan and its prelude.
    expect(disposed).toBe(2);
  });

  it('a plan that is dropped while it runs still ends well', async () => {
    for (let ticks = 0; ticks < 40; ticks++) {
      const w = new Variable([1, 2]);
      const fn = compile((x: Tensor) => mul(x, sum(mul(w.value, w.value))), { cacheSize: 1 });
      const running = fn(tensor(2));
      for (let i = 0; i < ticks; i++) await Promise.resolve();
      fn.plan(vector(3));
      expect(await (await running).item()).toBe(10);
    }
  });
});

describe('assignments inside a trace', () => {
  it('take place after the run, and count one version however often they are made', async () => {
    const w = new Variable([1, 2]);
    const fn = compile((x: Tensor) => {
      w.assign(add(w.value, x));
      w.assign(mul(w.value, 10));
      return w.value;
    });
    const result = await fn(tensor([1, 1]));
    expect(await result.array()).toEqual([20, 30]);
    expect(await w.value.array()).toEqual([20, 30]);
    expect(w.version).toBe(1);
  });

  it('are seen by later reads of the same trace and by no earlier one', async () => {
    const w = new Variable(1);
    const fn = compile(() => {
      const before = neg(w.value);
      w.assign(add(w.value, 1));
      return [before, neg(w.value)];
    });
    const [before, after] = await fn();
    expect(await Promise.all([before?.item(), after?.item()])).toEqual([-1, -2]);
    expect(await w.value.item()).toBe(2);
  });

  it('of a layer used twice build on each other, as moving averages must', async () => {
    const movingMean = new Variable(0, { trainable: false });
    const normalise = (x: Tensor): Tensor => {
      const batchMean = mean(x);
      movingMean.assign(add(mul(movingMean.value, 0.5), mul(batchMean, 0.5)));
      return sub(x, batchMean);
    };
    const fn = compile((x: Tensor) => normalise(add(normalise(x), 6)));
    await fn(tensor([2, 6]));
    // 0.5 (0.5 * 0 + 0.5 * 4) + 0.5 * 6
    expect(await movingMean.value.item()).toBe(4);
    expect(movingMean.version).toBe(1);
  });

  it('exchange values: all of them see what was before', async () => {
    const [a, b] = [new Variable(1), new Variable(2)];
    const swap = compile(() => {
      const [first, second] = [a.value, b.value];
      a.assign(second);
      b.assign(first);
      return [];
    });
    await swap();
    expect([await a.value.item(), await b.value.item()]).toEqual([2, 1]);
    await swap();
    expect([await a.value.item(), await b.value.item()]).toEqual([1, 2]);
  });

  it('of an input or a captured tensor as it is', async () => {
    const [a, b] = [new Variable([0, 0]), new Variable(0)];
    const fn = compile((x: Tensor) => {
      a.assign(x);
      b.assign(tensor(7));
      return [];
    });
    const x = tensor([1, 2]);
    await fn(x);
    expect(await a.value.array()).toEqual([1, 2]);
    expect(await b.value.item()).toBe(7);
  });

  it('leave no trace of the gradients of what was assigned', async () => {
    const w = new Variable(3);
    const fn = compile((x: Tensor) => {
      const loss = mul(mul(w.value, w.value), x);
      const [dw] = gradients(loss, [w]);
      w.assign(sub(w.value, dw));
      return dw;
    });
    expect(await (await fn(tensor(0.5))).item()).toBe(3);
    expect(await w.value.item()).toBe(0);
    expect(await (await fn(tensor(0.5))).item()).toBe(0);
  });
});

describe('a run that fails', () => {
  it('changes nothing, and the next one works', async () => {
    const backend = getBackend();
    const prepare = backend.prepare.bind(backend);
    let failing = false;
    vi.spyOn(backend, 'prepare').mockImplementation(async (plan) => {
      const executable = await prepare(plan);
      const run: typeof executable.run = async (bound) => {
        const results = await executable.run(bound);
        if (failing) throw new Error('the device was lost');
        return results;
      };
      return { ...executable, run };
    });
    const [a, b] = [new Variable(1), new Variable(10)];
    const step = compile((x: Tensor) => {
      a.assign(add(a.value, x));
      b.assign(add(b.value, x));
      return a.value;
    });
    await step(tensor(1));
    failing = true;
    await expect(step(tensor(1))).rejects.toThrow('the device was lost');
    expect([a.version, b.version]).toEqual([1, 1]);
    expect([await a.value.item(), await b.value.item()]).toEqual([2, 11]);
    failing = false;
    await step(tensor(1));
    expect([await a.value.item(), await b.value.item()]).toEqual([3, 12]);
  });

  it('because an input cannot be computed changes nothing', async () => {
    const w = new Variable(1);
    const step = compile((x: Tensor) => {
      w.assign(x);
      return x;
    });
    let leaked: Tensor | undefined;
    compile((x: Tensor) => {
      leaked = neg(x);
      return x;
    }).plan({ shape: [], dtype: 'float32' });
    await expect(step(leaked as Tensor)).rejects.toThrow(TraceError);
    expect(w.version).toBe(0);
  });

  it('because tracing throws changes nothing and is not remembered', async () => {
    const w = new Variable(1);
    let shape = [3];
    const step = compile((x: Tensor) => {
      w.assign(tensor(5));
      return add(x, filled(shape[0] as number));
    });
    await expect(step(filled(2))).rejects.toThrow(ShapeMismatchError);
    expect(w.version).toBe(0);
    expect(await w.value.item()).toBe(1);
    shape = [2];
    expect(await (await step(filled(2))).array()).toEqual([2, 2]);
    expect(w.version).toBe(1);
  });
});

describe('calls that are not awaited', () => {
  it('take place in the order they were made', async () => {
    const log = new Variable(0);
    const append = compile((digit: Tensor) => {
      log.assign(add(mul(log.value, 10), digit));
      return log.value;
    });
    const results = [1, 2, 3, 4].map((digit) => append(tensor(digit)));
    expect(await Promise.all(results.map(async (result) => (await result).item()))).toEqual([1, 12, 123, 1234]);
    expect(await log.value.item()).toBe(1234);
  });

  it('also across functions', async () => {
    const w = new Variable(1);
    const twice = compile(() => {
      w.assign(mul(w.value, 2));
      return [];
    });
    const increment = compile(() => {
      w.assign(add(w.value, 1));
      return [];
    });
    await Promise.all([twice(), increment(), twice(), increment()]);
    expect(await w.value.item()).toBe(7);
  });

  it('and one that fails does not hold up the next', async () => {
    const w = new Variable(1);
    const good = compile(() => {
      w.assign(add(w.value, 1));
      return w.value;
    });
    const bad = compile(() => sum(tensor([1]), { axes: 5 }));
    const [, failure, last] = await Promise.allSettled([good(), bad(), good()]);
    expect(failure?.status).toBe('rejected');
    expect(last?.status).toBe('fulfilled');
    expect(await w.value.item()).toBe(3);
  });
});

describe('a trace refuses', () => {
  it('a function that is asynchronous', async () => {
    const fn = compile((async (x: Tensor) => neg(x)) as never);
    await expect(fn(filled(2))).rejects.toThrow(TraceError);
    await expect(fn(filled(2))).rejects.toThrow(/expected a function that returns tensors, received a promise/);
  });

  it('a function that reads a value, whether of an input or of a constant not known yet', async () => {
    const reads: Promise<unknown>[] = [];
    const fn = compile((x: Tensor) => {
      reads.push(x.data(), neg(x).array(), neg(tensor(1)).item(), new Variable(neg(x)).value.data());
      for (const read of reads) read.catch(() => {});
      return x;
    });
    await fn(filled(2));
    expect(reads).toHaveLength(4);
    for (const read of reads) await expect(read).rejects.toThrow(TraceError);
  });

  it('and its placeholders cannot be read afterwards either', async () => {
    const w = new Variable(1);
    const leaked: Tensor[] = [];
    await compile((x: Tensor) => {
      leaked.push(x, neg(x), w.value);
      return x;
    })(filled(2));
    await expect(leaked[0]?.data()).rejects.toThrow(/depends on a placeholder of a compiled function/);
    await expect(leaked[1]?.data()).rejects.toThrow(/depends on a placeholder of a compiled function/);
    await expect(leaked[2]?.data()).rejects.toThrow(/depends on a variable of a compiled function/);
  });

  it('a call of a compiled function inside another', async () => {
    const inner = compile((x: Tensor) => neg(x), { name: 'inner' });
    const plans: unknown[] = [];
    const outer = compile((x: Tensor) => {
      plans.push(inner.plan(vector(2)));
      return x;
    });
    await expect(outer(filled(2))).rejects.toThrow(/^inner: expected to be called outside any compiled function/);
    expect(plans).toEqual([]);
    expect(await (await inner(filled(2))).array()).toEqual([-1, -1]);
  });

  it.each([
    ['a number', () => 1],
    ['nothing', () => undefined],
    ['a number among tensors', (x: Tensor) => [x, 1]],
    ['a variable', () => new Variable(1)],
  ])('a function that returns %s', async (_, fn) => {
    await expect(compile(fn as never)(filled(2))).rejects.toThrow(TraceError);
  });

  it('and variables hold numbers again after it has refused', async () => {
    const w = new Variable(3);
    await expect(
      compile(() => {
        w.assign(tensor(9));
        throw new Error('stop');
      })(),
    ).rejects.toThrow('stop');
    expect(await w.value.item()).toBe(3);
    w.assign(4);
    expect(await w.value.item()).toBe(4);
  });
});

it('an unknown backend is refused at the call', async () => {
  await expect(compile((x: Tensor) => neg(x), { backend: 'abacus' as 'reference' })(filled(1))).rejects.toThrow(
    ArgumentError,
  );
});

it('an index may be an input', async () => {
  const table = new Variable([10, 20, 30]);
  const lookup = compile((index: Tensor) => gather(table.value, index));
  expect(await (await lookup(tensor([2, 0], { dtype: 'int32' }))).array()).toEqual([30, 10]);
});
