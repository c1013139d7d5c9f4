import { BackendError } from '../../errors.js';
import type { Plan, Value, ValueId } from '../../plan/index.js';
import { sizeOf } from '../../shape.js';
import type { Executable } from '../backend.js';
import { GpuBuffer } from './buffer.js';
import type { Device, DeviceKernel, Memory } from './device/device.js';
import { KernelError } from './device/errors.js';
import type { Line } from './line.js';
import { type Launch, type LoweredPlan, lowerPlan } from './lowering/index.js';
import { keyOf, Memories } from './memories.js';
import type { Operand } from './source/kernelBuilder.js';
import { quadsOf } from './source/quads.js';

/** Milliseconds of compiling after which other work of the page gets a turn. */
const patience = 30;

/** How many kernels are being compiled ahead of the one that is launched. */
const ahead = 64;

/** A plan made ready for one device. */
interface Prepared {
  readonly device: Device;
  readonly lowered: LoweredPlan;
  /** For each launch, memory that is not needed any more behind it. */
  readonly lastUses: readonly (readonly Operand[])[];
  /** As long as the device has this epoch. */
  kernels: { readonly epoch: number; readonly list: readonly DeviceKernel[] } | null;
}

/** Runs a plan kernel by kernel. Memory is taken from the device's pool when it is first written, and given back after its last use. */
export class GpuExecutable implements Executable {
  #prepared: Prepared | null = null;

  constructor(
    readonly plan: Plan,
    readonly line: Line,
  ) {}

  async run(bound: readonly GpuBuffer[]): Promise<readonly GpuBuffer[]> {
    return this.line.next(async (device) => {
      const prepared = await this.#prepare(device);
      const memories = new Memories(device, (operand) => this.#quadsOf(operand, prepared));
      try {
        this.plan.bound.forEach((id, i) => {
          memories.lend({ kind: 'value', id }, this.line.place(bound[i] as GpuBuffer, device));
        });
        const launch = (i: number, compiled: DeviceKernel): void => {
          const { kernel, outputs } = prepared.lowered.launches[i] as Launch;
          const take = (operand: Operand): Memory => memories.of(operand).memory;
          const { inputs, numbers } = kernel;
          device.run(compiled, { inputs: inputs.map(take), numbers, outputs: outputs.map(take) });
          for (const operand of prepared.lastUses[i] as readonly Operand[]) memories.drop(operand);
        };
        if (prepared.kernels?.epoch === device.kernelEpoch) {
          prepared.kernels.list.forEach((compiled, i) => {
            launch(i, compiled);
          });
        } else await this.#compileAndLaunch(prepared, launch);
        await device.check();
        return this.#results(prepared, memories);
      } finally {
        memories.dropAll();
      }
    });
  }

  dispose(): void {
    this.#prepared = null;
  }

  async #prepare(device: Device): Promise<Prepared> {
    if (this.#prepared?.device === device) return this.#prepared;
    const lowered = lowerPlan(this.plan, device.dialect);
    for (const launch of lowered.launches) checkLaunch(this.plan, launch, device);
    const results = new Set(this.plan.results.map((id) => keyOf({ kind: 'value', id: lowered.owners.get(id) ?? id })));
    const prepared = { device, lowered, lastUses: lastUsesOf(lowered.launches, results), kernels: null };
    this.#prepared = prepared;
    return prepared;
  }

  /**
   * The first run: every kernel is launched as soon as it is compiled, while those that come later are being compiled. Other
   * work of the page gets its turn meanwhile.
   */
  async #compileAndLaunch(prepared: Prepared, launch: (i: number, compiled: DeviceKernel) => void): Promise<void> {
    const { device } = prepared;
    const { launches } = prepared.lowered;
    const compiling: Promise<DeviceKernel>[] = [];
    const list: DeviceKernel[] = [];
    let turn = performance.now();
    for (let i = 0; i < launches.length; i++) {
      while (compiling.length < Math.min(launches.length, i + ahead)) {
        compiling.push(this.#compile(launches[compiling.length] as Launch, prepared));
        if (performance.now() - turn > patience) {
          await new Promise((resolve) => setTimeout(resolve, 0));
          turn = performance.now();
        }
      }
      const compiled = await (compiling[i] as Promise<DeviceKernel>);
      list.push(compiled);
      launch(i, compiled);
    }
    prepared.kernels = { epoch: device.kernelEpoch, list };
  }

  #compile({ kernel, step }: Launch, prepared: Prepared): Promise<DeviceKernel> {
    const sizes = kernel.inputs.map((operand) => this.#quadsOf(operand, prepared));
    const compiled = prepared.device.compile(kernel, sizes).catch((error: unknown) => {
      throw error instanceof KernelError ? error.at(step) : error;
    });
    // It is awaited when its turn comes; until then nobody else is to hear of a failure.
    compiled.catch(() => {});
    return compiled;
  }

  /** Results that are the same memory share it: nobody ever writes to it again. */
  #results({ lowered }: Prepared, memories: Memories): GpuBuffer[] {
    return this.plan.results.map((id) => {
      const { shape, dtype } = this.plan.values[id] as Value;
      const shared = memories.of({ kind: 'value', id: lowered.owners.get(id) ?? id });
      return GpuBuffer.on(shared.hold(), sizeOf(shape), dtype);
    });
  }

  #quadsOf(operand: Operand, { lowered }: Prepared): number {
    if (operand.kind === 'temporary') return lowered.temporaries[operand.index] as number;
    return quadsOf(sizeOf((this.plan.values[operand.id] as Value).shape));
  }
}

/** For each launch what it is the last one to use. */
function lastUsesOf(launches: readonly Launch[], kept: ReadonlySet<string>): readonly (readonly Operand[])[] {
  const last = new Map<string, { readonly operand: Operand; readonly launch: number }>();
  launches.forEach(({ kernel, outputs }, launch) => {
    for (const operand of [...kernel.inputs, ...outputs]) last.set(keyOf(operand), { operand, launch });
  });
  const uses: Operand[][] = launches.map(() => []);
  for (const [key, { operand, launch }] of last) if (!kept.has(key)) uses[launch]?.push(operand);
  return uses;
}

/** @throws {BackendError} naming the step and the limit, before anything is compiled. */
function checkLaunch(plan: Plan, { kernel, step }: Launch, { maxQuads, dialect, mode }: Device): void {
  const refuse = (expected: string, received: string): never => {
    const remedy = "Use smaller batches or images, or setBackend('wasm').";
    throw new BackendError({ operation: `${plan.name} on gpu (${mode}), ${step}`, expected, received, remedy });
  };
  const most = Math.min(maxQuads, 2 ** 22);
  if (kernel.quads > most) refuse(`at most ${most * 4} elements`, `${kernel.quads * 4}`);
  if (kernel.inputs.length > dialect.operands) {
    refuse(`at most ${dialect.operands} arrays for one kernel`, `${kernel.inputs.length}`);
  }
}

/** Element counts beyond which index arithmetic in floats is not exact. */
export const maxElements = 2 ** 24;

/** @throws {BackendError} for what no device of this backend can run. */
export function checkPlan(plan: Plan, maxBytes: number): void {
  if (plan.memory.arenaBytes > maxBytes) {
    throw new BackendError({
      operation: plan.name,
      expected: `a plan of at most ${maxBytes} bytes on the gpu backend`,
      received: `${plan.memory.arenaBytes} bytes`,
      remedy: 'Use smaller batches.',
    });
  }
  const origin = (id: ValueId): string => {
    const { source } = plan.values[id] as Value;
    const step = source.kind === 'step' ? plan.steps[source.step] : undefined;
    if (step === undefined) return 'an input';
    return `${step.op}${step.origin === '' ? '' : ` at ${step.origin}`}`;
  };
  for (const { id, shape, dtype } of plan.values) {
    if (dtype === 'float64') {
      throw new BackendError({
        operation: `${plan.name}, ${origin(id)}`,
        expected: 'float32 on the gpu backend',
        received: 'float64',
        remedy: "Run it with setBackend('reference').",
      });
    }
    if (sizeOf(shape) > maxElements) {
      throw new BackendError({
        operation: `${plan.name}, ${origin(id)}`,
        expected: `tensors of at most ${maxElements} elements on the gpu backend`,
        received: `${sizeOf(shape)} of shape [${shape.join(', ')}]`,
        remedy: "Use smaller batches or images, or setBackend('wasm').",
      });
    }
  }
}
