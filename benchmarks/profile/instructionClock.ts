import type { Plan } from 'mapache/tensor';
import type { WasmBackend } from '../../src/tensor/backends/wasm/backend.js';
import type { Program } from '../../src/tensor/backends/wasm/engine/engine.js';
import { WasmExecutable } from '../../src/tensor/backends/wasm/executable.js';
import { instructionNames } from '../../src/tensor/backends/wasm/instructions.js';
import type { LoweredPlan } from '../../src/tensor/backends/wasm/lowering/index.js';
import { median } from '../harness.js';

/** One instruction of a plan, and the milliseconds it took in each run. */
export interface TimedInstruction {
  readonly name: string;
  readonly times: number[];
}

/** What a plan's runs took. */
export interface TimedPlan {
  readonly plan: Plan;
  readonly lowered: LoweredPlan;
  readonly instructions: readonly TimedInstruction[];
}

const launches = 200;

/**
 * Makes a backend run its programs one instruction at a time and takes down how long each took. What launching the
 * workers costs, measured with an instruction that does nothing, is taken off. Meant for a process of its own: the backend
 * stays as it is made here.
 */
export async function clockInstructions(
  backend: WasmBackend,
  /** Whether all workers take part, or one. */
  parallel: boolean,
): Promise<{ readonly plans: readonly TimedPlan[]; readonly forget: () => void }> {
  const { engine } = backend;
  const run = engine.run.bind(engine);
  const plans = new Map<WasmExecutable, TimedPlan>();
  let current: WasmExecutable | null = null;

  const timed = async (words: Int32Array, address: number): Promise<number> => {
    const start = performance.now();
    await run({ words, instructionCount: 1, address, parallel, stepOf: String });
    return performance.now() - start;
  };
  const idle = Int32Array.of(instructionNames.indexOf('copy'), 8, 1, 1, 0, 0, 0, 0);
  let launching: number | null = null;

  engine.run = async ({ words, instructionCount, address }: Program) => {
    launching ??= await launchingTime(() => timed(idle, address));
    const instructions: { name: string; time: number }[] = [];
    let at = 0;
    for (let i = 0; i < instructionCount; i++) {
      const [opcode = 0, length = 0] = words.subarray(at);
      const time = await timed(words.slice(at, at + length), address);
      instructions.push({ name: instructionNames[opcode] as string, time: Math.max(0, time - launching) });
      at += length;
    }
    if (current === null) return;
    const { plan, lowered } = current;
    // What is made of new buffers comes first, and only once.
    const own = instructions.slice(-lowered.fragment.instructionCount);
    const known = plans.get(current) ?? { plan, lowered, instructions: own.map(({ name }) => ({ name, times: [] })) };
    plans.set(current, known);
    own.forEach(({ time }, i) => {
      known.instructions[i]?.times.push(time);
    });
  };

  const prepare = backend.prepare.bind(backend);
  backend.prepare = async (plan) => {
    const executable = await prepare(plan);
    if (!(executable instanceof WasmExecutable)) return executable;
    return {
      dispose: () => executable.dispose(),
      run: async (bound) => {
        current = executable;
        return executable.run(bound as Parameters<WasmExecutable['run']>[0]);
      },
    };
  };
  return {
    get plans() {
      return [...plans.values()];
    },
    forget: () => plans.clear(),
  };
}

async function launchingTime(launch: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < launches; i++) times.push(await launch());
  return median(times);
}
