/**
 * Remembers the devices that the page opens from now on.
 * @returns what loses all of them, as a driver that is reset would.
 */
export function watchDevices(): () => void {
  const ways: (() => void)[] = [];

  const { getContext } = HTMLCanvasElement.prototype;
  const remembering = function (this: HTMLCanvasElement, ...values: Parameters<typeof getContext>) {
    const context = getContext.apply(this, values);
    if (context instanceof WebGL2RenderingContext) {
      const extension = context.getExtension('WEBGL_lose_context');
      ways.push(() => extension?.loseContext());
    }
    return context;
  };
  Object.assign(HTMLCanvasElement.prototype, { getContext: remembering });

  if (typeof GPUAdapter !== 'undefined') {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (...values) {
      const device = await requestDevice.apply(this, values);
      ways.push(() => device.destroy());
      return device;
    };
  }
  return () => {
    if (ways.length === 0) throw new Error('watchDevices: no device was opened');
    for (const lose of ways.splice(0)) lose();
  };
}

/** Calls `then` at the next launch of a kernel, once. */
export function atNextLaunch(then: () => void): void {
  const prototypes = [WebGL2RenderingContext.prototype] as object[];
  if (typeof GPUComputePassEncoder !== 'undefined') prototypes.push(GPUComputePassEncoder.prototype);
  const restore: (() => void)[] = [];
  for (const prototype of prototypes) {
    const methods = prototype as Record<string, (...values: unknown[]) => unknown>;
    for (const name of ['drawArrays', 'dispatchWorkgroups']) {
      const original = methods[name];
      if (original === undefined) continue;
      methods[name] = function (this: unknown, ...values) {
        for (const put of restore.splice(0)) put();
        then();
        return original.apply(this, values);
      };
      restore.push(() => {
        methods[name] = original;
      });
    }
  }
}
