import { BackendError, MapacheError } from '../../../errors.js';

/** A graphics processor that cannot be had: no such mode here, or a package that is not installed. */
export class DeviceUnavailableError extends MapacheError {
  constructor(
    readonly mode: string,
    reason: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    super({ operation: `gpu backend (${mode})`, expected: 'a device', received: reason, remedy }, options);
  }
}

/** The context or device was lost while it was used: a driver was reset, or a page had too many of them. */
export class DeviceLostError extends MapacheError {
  constructor(readonly mode: string) {
    super({
      operation: `gpu backend (${mode})`,
      expected: 'the device to stay',
      received: 'a lost one, and with it everything that was only there',
      remedy: 'Call again: a new device is opened. Values that the host does not know must be computed or loaded anew.',
    });
  }
}

/** The device has no memory left. */
export class DeviceMemoryError extends MapacheError {
  constructor(mode: string, bytes: number, options?: ErrorOptions) {
    super(
      {
        operation: `gpu backend (${mode})`,
        expected: `${bytes} more bytes`,
        received: 'a device without memory left',
        remedy: 'Use smaller batches or images, and let go of models that are no longer needed.',
      },
      options,
    );
  }
}

/** GPU.js did not build the kernel that was asked for. */
export class KernelError extends BackendError {
  constructor(
    readonly mode: string,
    readonly reason: string,
    readonly step = 'a step',
    options?: ErrorOptions,
  ) {
    super(
      {
        operation: `gpu backend (${mode})`,
        expected: `a kernel for ${step}`,
        received: reason,
        remedy: "Use setBackend('wasm'), and report the step and the renderer.",
      },
      options,
    );
  }

  /** The same, for a step that is known. */
  at(step: string): KernelError {
    return new KernelError(this.mode, this.reason, step, { cause: this.cause });
  }
}
