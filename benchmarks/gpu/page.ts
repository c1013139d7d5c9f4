// Runs in the browser: does what benchmarks/gpu/main.ts asks for, and tells what came of it.
import { gpuCases } from './cases.js';
import type { GpuContestant } from './contestant.js';
import { jaxContestant } from './jax.js';
import { mapacheContestant } from './mapache.js';
import {
  type FirstStep,
  type GpuJob,
  type Measured,
  type MeasureOptions,
  measureFirstStep,
  measureJob,
  measureKernel,
} from './measure.js';
import type { GpuNetworkName } from './networks.js';
import { tfjsContestant } from './tfjs.js';

/** Who is to be measured in this page. */
export interface PageSettings {
  /** mapache's backend, and how it is to work; no mapache if `null`. */
  readonly backend: string | null;
  readonly mode: string;
  /** The others, in this order. */
  readonly others: readonly Other[];
}

export type Other = 'tfjs webgl' | 'tfjs webgpu' | 'jax webgpu';

/** What the page runs on. */
export interface Opened {
  readonly contestants: readonly string[];
  readonly leftOut: readonly string[];
  readonly environment: Readonly<Record<string, string | number | boolean>>;
}

/** What the page can be asked for. */
export interface PageApi {
  open(settings: PageSettings): Promise<Opened>;
  kernel(name: string, options: MeasureOptions): Promise<Measured>;
  job(job: GpuJob, options: MeasureOptions): Promise<Measured>;
  firstStep(network: GpuNetworkName, batch: number): Promise<FirstStep>;
}

const contestants: GpuContestant[] = [];

const makers: Readonly<Record<Other, () => Promise<GpuContestant | null>>> = {
  'tfjs webgl': async () => tfjsContestant(await load('/tfjs.js'), 'webgl'),
  'tfjs webgpu': async () => tfjsContestant(await load('/tfjs.js'), 'webgpu'),
  'jax webgpu': async () => jaxContestant(await load('/jax.js')),
};

const api: PageApi = {
  open: async ({ backend, mode, others }) => {
    const leftOut: string[] = [];
    const environment: Record<string, string | number | boolean> = {
      browser: navigator.userAgent,
      isolated: crossOriginIsolated,
      ...webgl(),
      ...(await webgpu()),
    };
    if (backend !== null) {
      const mapache = await mapacheContestant(backend, mode);
      contestants.push(mapache);
      environment.mapache = mapache.device;
    }
    for (const other of others) {
      try {
        const contestant = await makers[other]();
        if (contestant === null) throw new Error('it does not start');
        contestants.push(contestant);
      } catch (error) {
        leftOut.push(`${other}: ${String(error)}`);
      }
    }
    return { contestants: contestants.map(({ name }) => name), leftOut, environment };
  },
  kernel: async (name, options) => {
    const one = gpuCases.find((other) => other.name === name);
    if (one === undefined) throw new Error(`no kernel is called ${name}`);
    return measureKernel(one, contestants, options);
  },
  job: (job, options) => measureJob(job, contestants, options),
  firstStep: (network, batch) => measureFirstStep(network, batch, contestants[0] as GpuContestant),
};

/** A library that is served beside the page if it is installed. */
async function load(path: string): Promise<unknown> {
  return import(path);
}

function webgl(): Readonly<Record<string, string>> {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (gl === null) return { 'webgl renderer': 'none' };
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const about = {
    'webgl renderer': String(gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)),
    'webgl vendor': String(gl.getParameter(names?.UNMASKED_VENDOR_WEBGL ?? gl.VENDOR)),
    'webgl version': String(gl.getParameter(gl.VERSION)),
  };
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return about;
}

async function webgpu(): Promise<Readonly<Record<string, string>>> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { 'webgpu adapter': 'none' };
  const { vendor, architecture, device, description } = adapter.info;
  return { 'webgpu adapter': [vendor, architecture, device, description].filter((text) => text !== '').join(', ') };
}

Object.assign(globalThis, { api });
