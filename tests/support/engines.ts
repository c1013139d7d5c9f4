import type { Engine, EngineSettings, Program } from '../../src/tensor/backends/wasm/engine/engine.js';
import { RemoteEngine } from '../../src/tensor/backends/wasm/engine/remoteEngine.js';
import { SharedEngine } from '../../src/tensor/backends/wasm/engine/sharedEngine.js';
import { type Spawn, spawnWorker, type WorkerHandle } from '../../src/tensor/backends/wasm/engine/spawn.js';
import { headerWords, instructionNames } from '../../src/tensor/backends/wasm/instructions.js';

/** Both kinds of engine of the wasm backend. */
export const engineKinds = { shared: SharedEngine, remote: RemoteEngine } as const;

/** An engine whose workers can be reached, so that a test can end them. */
export interface OpenEngine {
  readonly engine: Engine;
  /** The workers that have been started, in order. */
  readonly workers: WorkerHandle[];
}

export function openEngine(kind: keyof typeof engineKinds, settings: Partial<EngineSettings> = {}): OpenEngine {
  const workers: WorkerHandle[] = [];
  const spawn: Spawn = async (source, events) => {
    const worker = await spawnWorker(source, events);
    workers.push(worker);
    return worker;
  };
  return { engine: new engineKinds[kind]({ workers: 2, relaxedSimd: 'auto', ...settings }, spawn), workers };
}

const copyFields = 3;

/** A program that copies bytes, `times` times over, and says which time it is at. */
export function copyProgram(engine: Engine, to: number, from: number, bytes: number, times = 1): Program {
  const length = headerWords.length + copyFields;
  const units = Math.ceil(bytes / 65_536);
  const copy = [instructionNames.indexOf('copy'), length, units, 1, 0, to, from, bytes];
  const words = Int32Array.from(Array.from({ length: times }, () => copy).flat());
  const address = engine.heap.allocate(words.byteLength);
  return { words, address, instructionCount: times, parallel: true, stepOf: (at) => `copy number ${at}` };
}

/** The same program with an instruction that does not exist in place of number `at`. */
export function broken(program: Program, at: number): Program {
  const words = program.words.slice();
  let start = 0;
  for (let i = 0; i < at; i++) start += words[start + headerWords.indexOf('words')] as number;
  words[start] = 9999;
  return { ...program, words };
}
