import type { GlHandle } from './gpujs.js';

/** How often to look at once whether pixels have come; after that now and then, as looking takes a processor too. */
const eagerTurns = 20;

/** Brings the texels of textures to the host. */
export class PixelReader {
  readonly #gl: WebGL2RenderingContext;
  readonly #framebuffer: WebGLFramebuffer;

  /** @param canWait whether the context can say when pixels have come, so that other work goes on meanwhile. */
  constructor(
    gl: WebGL2RenderingContext,
    readonly canWait: boolean,
  ) {
    this.#gl = gl;
    this.#framebuffer = gl.createFramebuffer() as WebGLFramebuffer;
  }

  async read({ texture, size: [width, height] }: GlHandle): Promise<Float32Array> {
    const gl = this.#gl;
    const texels = new Float32Array(width * height * 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    if (this.canWait) await this.#readLater(width, height, texels);
    else gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, texels);
    return texels;
  }

  async #readLater(width: number, height: number, texels: Float32Array): Promise<void> {
    const gl = this.#gl;
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, texels.byteLength, gl.STREAM_READ);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, 0);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0) as WebGLSync;
    gl.flush();
    try {
      const isBusy = (): boolean => !gl.isContextLost() && gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED;
      for (let turns = 0; isBusy(); turns++) await (turns < eagerTurns ? nextTask() : pause());
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, texels);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    } finally {
      gl.deleteSync(fence);
      gl.deleteBuffer(buffer);
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** The next turn of the event loop, without the pause that browsers add to timers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
