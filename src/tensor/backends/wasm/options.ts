import { checkBooleanOption, checkChoiceOption, checkNumberOption, invalidOption } from '../../options.js';
import { maxWorkers } from './engine/control.js';
import type { EngineSettings } from './engine/engine.js';
import type { RelaxedSimd } from './engine/module.js';

/** Options of `setBackend('wasm', …)`; what is left out stays as it is. */
export interface WasmOptions {
  /** How many worker threads compute: 1 to 128. Results are the same bits with any number. @defaultValue all cores */
  readonly threads?: number;
  /**
   * `'auto'` uses fused multiply-adds where the platform has them, which is faster; `'never'` gives the same bits on every
   * platform.
   * @defaultValue `'auto'`
   */
  readonly relaxedSimd?: RelaxedSimd;
  /**
   * `'never'` keeps to one worker with a memory of its own, as in pages that are not isolated from other origins. It is
   * settled when the backend is first used.
   * @defaultValue `'auto'`: shared where the platform allows it
   */
  readonly sharedMemory?: 'auto' | 'never';
  /**
   * For those who work on kernels: every run is watched for stores past the end of what they belong to, and refused with
   * an `OverrunError` if there are any; memory that is not in use holds NaN, so that reading it shows. Slow, and settled
   * when the backend is first used.
   * @defaultValue false
   */
  readonly canaries?: boolean;
}

/** Options with nothing left out. */
export interface WasmSettings extends EngineSettings {
  readonly shared: boolean;
  readonly canaries: boolean;
}

const names: readonly string[] = ['threads', 'relaxedSimd', 'sharedMemory', 'canaries'] satisfies (keyof WasmOptions)[];

/**
 * Options in place of those in `before`.
 * @throws {ArgumentError} for an unknown option or a value out of range.
 */
export function readOptions(options: WasmOptions, before: WasmSettings = defaultSettings()): WasmSettings {
  const operation = "setBackend('wasm')";
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw invalidOption(operation, 'an option', `one of ${names.join(', ')}`, name);
  }
  const {
    threads = before.workers,
    relaxedSimd = before.relaxedSimd,
    sharedMemory,
    canaries = before.canaries,
  } = options;
  const range = { integer: true, min: 1, max: maxWorkers };
  const sharing =
    sharedMemory === undefined
      ? before.shared
      : checkChoiceOption(operation, 'sharedMemory', sharedMemory, ['auto', 'never']) === 'auto' && canShare();
  return {
    workers: checkNumberOption(operation, 'threads', threads, range),
    relaxedSimd: checkChoiceOption(operation, 'relaxedSimd', relaxedSimd, ['auto', 'never']),
    shared: sharing,
    canaries: checkBooleanOption(operation, 'canaries', canaries),
  };
}

function defaultSettings(): WasmSettings {
  return { workers: Math.min(cores(), maxWorkers), relaxedSimd: 'auto', shared: canShare(), canaries: false };
}

function cores(): number {
  const os = globalThis.process?.getBuiltinModule?.('node:os');
  return Math.max(1, os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1);
}

/** Browsers let a page share memory with its workers if it is isolated from other origins, and say so. */
function canShare(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}
