import { fillNormal, fillUniform } from '../../../random.js';
import type { Block, Kernel } from '../block.js';

export const randomUniform: Kernel<'randomUniform'> = (output, inputs, { seed, stream }) => {
  const [step] = inputs as readonly [Block];
  fillUniform(output.data as Float32Array | Float64Array, seed, stream, step.data[0] as number);
};

export const randomNormal: Kernel<'randomNormal'> = (output, inputs, { seed, stream }) => {
  const [step] = inputs as readonly [Block];
  fillNormal(output.data as Float32Array | Float64Array, seed, stream, step.data[0] as number);
};
