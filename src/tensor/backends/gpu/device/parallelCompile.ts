/**
 * Lets shaders compile side by side. GPU.js asks about every shader as soon as it has been handed over, which waits for
 * it; here it is told that all is well, and `linked` is asked instead, when all of them are on their way.
 */
export class ParallelCompile {
  readonly #gl: WebGL2RenderingContext;
  readonly #extension: { readonly COMPLETION_STATUS_KHR: number } | null;
  /** One program is waited for at a time, in the order they were linked. */
  #last: Promise<void> = Promise.resolve();
  #isBuilding = false;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#extension = gl.getExtension('KHR_parallel_shader_compile');
    const { linkProgram, useProgram } = gl;
    // Asking where an attribute is waits for the program too, so they get places.
    const attributes = ['aPos', 'aTexCoord'];
    Object.assign(gl, {
      linkProgram(program: WebGLProgram): void {
        attributes.forEach((name, place) => {
          gl.bindAttribLocation(program, place, name);
        });
        linkProgram.call(gl, program);
      },
      getAttribLocation: (_program: WebGLProgram, name: string): number => attributes.indexOf(name),
      getShaderParameter: (): boolean => true,
      // Using a program waits for it, which is too early while kernels are built; they use it again when they run.
      useProgram: (program: WebGLProgram): void => {
        if (!this.#isBuilding) useProgram.call(gl, program);
      },
    });
  }

  /** Runs what builds a kernel. */
  build(body: () => void): void {
    this.#isBuilding = true;
    try {
      body();
    } finally {
      this.#isBuilding = false;
    }
  }

  /** Waits until a program is ready. @returns what the compiler has to say if it is no program. */
  async linked(program: WebGLProgram, shaders: readonly WebGLShader[]): Promise<string | null> {
    const turn = this.#last.then(() => this.#completed(program));
    this.#last = turn;
    await turn;
    const gl = this.#gl;
    if (gl.getProgramParameter(program, gl.LINK_STATUS) === true || gl.isContextLost()) return null;
    const logs = [gl.getProgramInfoLog(program), ...shaders.map((shader) => gl.getShaderInfoLog(shader))];
    return logs.filter((log) => log !== null && log !== '').join(' ') || 'no reason given';
  }

  async #completed(program: WebGLProgram): Promise<void> {
    if (this.#extension === null) return;
    const status = this.#extension.COMPLETION_STATUS_KHR;
    const isBusy = (): boolean => this.#gl.getProgramParameter(program, status) === false && !this.#gl.isContextLost();
    while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
