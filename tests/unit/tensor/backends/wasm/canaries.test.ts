import fc from 'fast-check';
import {
  compile,
  neg,
  OverrunError,
  type PrimitiveName,
  primitiveNames,
  relu,
  setBackend,
  withOrigin,
} from 'mapache/tensor';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import { WasmExecutable } from '../../../../../src/tensor/backends/wasm/executable.js';
import { emitCopy } from '../../../../../src/tensor/backends/wasm/lowering/copy.js';
import { lowerPlan, type Pointer, spreadOut } from '../../../../../src/tensor/backends/wasm/lowering/index.js';
import { ProgramBuilder } from '../../../../../src/tensor/backends/wasm/lowering/programBuilder.js';
import { Memory } from '../../../../../src/tensor/backends/wasm/memory.js';
import type { Plan, Step, ValueId } from '../../../../../src/tensor/plan/index.js';
import { expectSameAsReference } from '../../../../support/backends.js';
import { engineKinds, openEngine } from '../../../../support/engines.js';
import { caught, expectExplained } from '../../../../support/explained-error.js';
import type { GradientCase } from '../../../../support/gradients.js';
import { primitiveCases } from '../../../../support/primitive-cases.js';

/** Bytes of every value of the plan below: not a multiple of anything a kernel stores at once. */
const size = 4 * 37;

/** Two steps; what the first one makes lies in the arena, what the second one makes in a buffer. */
function plan(): Plan {
  const fn = compile((x) => withOrigin('second', () => relu(withOrigin('first', () => neg(x)))), {
    backend: 'reference',
  });
  return fn.plan({ shape: [size / 4], dtype: 'float32' });
}

function outputOf({ steps }: Plan, index: number): Pointer {
  return { base: { kind: 'value', value: (steps[index] as Step).output }, offset: 0 };
}

const places: Readonly<Record<string, (builder: ProgramBuilder, plan: Plan) => Pointer>> = {
  'the result of relu at second': (_, plan) => outputOf(plan, 1),
  'the result of neg at first': (_, plan) => outputOf(plan, 0),
  'memory of the planted step': (builder) => builder.temporary(size),
};

describe.each(Object.keys(engineKinds) as (keyof typeof engineKinds)[])('canaries in %s memory', (kind) => {
  /** Copies `bytes` bytes of an input to one of `places`: one instruction, in place of those of the plan. */
  async function copyTo(place: string, bytes: number, input = new Float32Array(size)): Promise<void> {
    const { engine } = openEngine(kind, { canaries: true });
    const backend = new WasmBackend({ canaries: true }, () => engine);
    const { margin } = engine.heap;
    const placed = spreadOut(plan(), margin);
    const builder = new ProgramBuilder(() => false, 'the planted step', margin);
    const to = places[place]?.(builder, placed) as Pointer;
    const from: Pointer = { base: { kind: 'value', value: placed.bound[0] as ValueId }, offset: 0 };
    builder.temporary(size);
    emitCopy(builder, to, from, bytes);
    const { fragment, temporaryBytes, temporaries } = builder;
    const lowered = { ...lowerPlan(placed, margin), fragment, temporaryBytes, temporaries };
    const executable = new WasmExecutable(placed, lowered, new Memory(engine));
    const bound = backend.upload(input);
    const { count } = engine.heap;
    try {
      for (const result of await executable.run([bound])) backend.free(result);
    } finally {
      // What stays is the arena and the program.
      expect(engine.heap.count).toBe(count + 2);
    }
  }

  describe.each(Object.keys(places))('behind %s', (place) => {
    it('let pass what ends where it should', async () => {
      await copyTo(place, size);
    });

    it.each([1, 4, 256])('catch %d zeros too many, and say where', async (excess) => {
      const error = await caught(() => copyTo(place, size + excess));
      expectExplained(error, OverrunError);
      expect(error).toMatchObject({ stretch: place, distance: 0 });
    });

    it('catch a copy of the canary behind the input', async () => {
      const error = await caught(() => copyTo(place, size + 64, new Float32Array(size / 4)));
      expect(error).toMatchObject({ name: 'OverrunError', stretch: place });
    });
  });
});

describe.each(Object.keys(engineKinds) as (keyof typeof engineKinds)[])('memory that is not in use, %s', (kind) => {
  it('holds NaN before anything is stored there and after it was given back', async () => {
    const { engine } = openEngine(kind, { canaries: true });
    const memory = new Memory(engine);
    const buffer = memory.createBuffer(5, 'float32');
    const read = async (address: number, size: number) => new Float32Array(await engine.read(address, 4 * size));
    expect(await read(buffer.address, 5)).toEqual(new Float32Array(5).fill(Number.NaN));
    engine.write(buffer.address, new Uint8Array(20));
    expect(await read(buffer.address, 5)).toEqual(new Float32Array(5));
    memory.release(buffer);
    expect(await read(buffer.address, 5)).toEqual(new Float32Array(5).fill(Number.NaN));
    expect(await read(memory.reserveArena(400), 100)).toEqual(new Float32Array(100).fill(Number.NaN));
  });
});

describe('no kernel stores past the end of anything, or reads what nobody stored', () => {
  const cases = [primitiveCases(4), primitiveCases(11)];

  // The backend of the name, as all that is run by name in this file.
  beforeAll(() => setBackend('wasm', { threads: 2, canaries: true }));

  test.each(primitiveNames)('%s', async <K extends PrimitiveName>(name: K) => {
    for (const draws of cases.map((all): GradientCase<K> => all[name])) {
      await fc.assert(
        fc.asyncProperty(draws, (draw) => expectSameAsReference('wasm', name, draw)),
        { numRuns: 8 },
      );
    }
  });
});
