import type { EpilogueGroup, Group, Step, Value } from '../../../plan/index.js';
import type { LoweringContext } from './lowering.js';

type InvertedResidual = Extract<Group, { readonly kind: 'invertedResidual' }>;

/** What a band may take: it stays in the second-level cache. */
const bandBytes = 2 ** 18;

/** Rows that a unit has at least: the first of them see rows that the unit before has computed, too. */
const leastRows = 8;

/** Units to aim for, where batches are small. */
const wantedUnits = 16;

/** Three instructions in one. Each is made as if it were alone, but what they hand on has no address. */
export function lowerInvertedResidual(
  { expand, depthwise, project }: InvertedResidual,
  steps: readonly Step[],
  context: LoweringContext,
  lower: (stage: EpilogueGroup, context: LoweringContext) => void,
): void {
  const { builder, value, pointer } = context;
  const { inputs, params } = steps[depthwise.producer] as Extract<Step, { readonly op: 'depthwiseConv2d' }>;
  const [x, filter] = inputs.map(value) as [Value, Value];
  const y = value((steps[depthwise.producer] as Step).output);
  const outputOf = (stage: EpilogueGroup | null): number | undefined => steps[stage?.steps.at(-1) ?? -1]?.output;
  const nowhere = builder.temporary(0);
  const handedOn = [outputOf(expand), outputOf(depthwise)];
  const inside = { ...context, pointer: (id: number) => (handedOn.includes(id) ? nowhere : pointer(id)) };
  const stages = expand === null ? [depthwise, project] : [expand, depthwise, project];
  const tail = stages.flatMap((stage) => builder.embed(() => lower(stage, inside)));

  const rowBytes = ({ shape }: Value): number => 4 * (shape[2] as number) * (shape[3] as number);
  const expandedRows = (rows: number): number =>
    (rows - 1) * params.strides[0] + ((filter.shape[0] as number) - 1) * params.dilations[0] + 1;
  const expandedBytes = (rows: number): number => (expand === null ? 0 : expandedRows(rows) * rowBytes(x));
  const [batch, height] = y.shape as readonly [number, number];
  const parts = Math.max(1, Math.min(Math.ceil(wantedUnits / batch), Math.floor(height / leastRows)));
  const unitRows = Math.ceil(height / parts);
  let bandRows = 1;
  while (bandRows < unitRows && expandedBytes(bandRows + 1) + (bandRows + 1) * rowBytes(y) <= bandBytes) bandRows++;
  builder.emit(
    'invertedResidual',
    { units: batch * Math.ceil(height / unitRows), grain: 1 },
    { expands: expand === null ? 0 : 1, expandedBytes: expandedBytes(bandRows), unitRows, bandRows },
    tail,
  );
}
