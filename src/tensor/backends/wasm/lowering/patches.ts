import type { GroupedConvParams } from '../../../ops/primitives.js';
import type { Shape } from '../../../shape.js';

/** Sizes of a convolution as words; `Patches` in `assembly/patches.ts` reads them. */
export function patchWords(x: Shape, filter: Shape, y: Shape, params: GroupedConvParams): readonly number[] {
  const { strides, dilations, padding } = params;
  return [
    ...x.slice(1),
    ...y.slice(1, 3),
    ...filter.slice(0, 3),
    ...strides,
    ...dilations,
    padding[0][0],
    padding[1][0],
  ];
}

/** Whether the window of each output pixel sees one input pixel, the same one. */
export function seesItselfOnly(filter: Shape, { strides, padding }: GroupedConvParams): boolean {
  const [height, width] = filter as readonly [number, number];
  return height * width * strides[0] * strides[1] === 1 && padding.flat().every((elements) => elements === 0);
}
