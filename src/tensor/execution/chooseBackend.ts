import { type Availability, availableBackends, type BackendName, type GpuMode, useBackend } from '../backends/index.js';
import { measureBackend } from './measureBackend.js';

/** What `setBackend('auto')` has chosen, and why. */
export interface BackendChoice {
  readonly backend: BackendName;
  readonly mode?: GpuMode;
  /** The device in words. */
  readonly device: string;
  /** What was compared, or why there was nothing to compare. */
  readonly reason: string;
}

type Candidate = Availability<BackendName, GpuMode>;

let chosen: Promise<BackendChoice> | null = null;

/** Chooses once; the choice holds as long as the program runs. */
export async function chooseBackend(): Promise<BackendChoice> {
  chosen ??= choose(await availableBackends(), measureBackend).catch((error: unknown) => {
    chosen = null;
    throw error;
  });
  const choice = await chosen;
  use(choice);
  return choice;
}

/**
 * Compares `wasm` with every graphics processor that is no program.
 * @param measure milliseconds that a candidate takes for a piece of work; one that fails is out.
 */
export async function choose(
  candidates: readonly Candidate[],
  measure: (candidate: Candidate) => Promise<number>,
): Promise<BackendChoice> {
  const wasm = candidates.find(({ backend }) => backend === 'wasm') as Candidate;
  const devices = candidates.filter(({ backend, isAvailable, kind }) => {
    return backend === 'gpu' && isAvailable && kind === 'hardware';
  });
  if (devices.length === 0) {
    const reasons = candidates
      .filter(({ backend }) => backend === 'gpu')
      .map(({ mode, device, reason }) => `${mode}: ${reason ?? `${device} is software`}`);
    return choiceOf(wasm, `no graphics processor (${reasons.join('; ')})`);
  }
  const times: { readonly candidate: Candidate; readonly time: number }[] = [];
  const words: string[] = [];
  for (const candidate of [wasm, ...devices]) {
    const name = candidate.mode ?? candidate.backend;
    try {
      const time = await measure(candidate);
      times.push({ candidate, time });
      words.push(`${name} ${time.toFixed(1)} ms`);
    } catch (error) {
      words.push(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const [fastest] = times.sort((a, b) => a.time - b.time);
  return choiceOf(fastest?.candidate ?? wasm, `the fastest of ${words.join(', ')}`);
}

function choiceOf({ backend, mode, device }: Candidate, reason: string): BackendChoice {
  return { backend, ...(mode !== undefined && { mode }), device, reason };
}

function use({ backend, mode }: BackendChoice): void {
  if (backend === 'gpu' && mode !== undefined) useBackend('gpu', { mode });
  else useBackend(backend);
}
