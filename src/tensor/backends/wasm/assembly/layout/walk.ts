/** One axis of a walk, as it stands in the tail of an instruction. */
@unmanaged
export class WalkAxis {
  length: i32;
  toStep: i32;
  fromStep: i32;
}

const axisBytes: usize = offsetof<WalkAxis>();

/** Where position `index` of a walk over `rank` axes is in `to`, in elements. */
export function toOffset(axes: usize, rank: i32, index: i32): i32 {
  let offset = 0;
  for (let k = rank - 1; k >= 0; k--) {
    const axis = changetype<WalkAxis>(axes + <usize>k * axisBytes);
    offset += (index % axis.length) * axis.toStep;
    index /= axis.length;
  }
  return offset;
}

/** Where position `index` of a walk over `rank` axes is in `from`, in elements. */
export function fromOffset(axes: usize, rank: i32, index: i32): i32 {
  let offset = 0;
  for (let k = rank - 1; k >= 0; k--) {
    const axis = changetype<WalkAxis>(axes + <usize>k * axisBytes);
    offset += (index % axis.length) * axis.fromStep;
    index /= axis.length;
  }
  return offset;
}
