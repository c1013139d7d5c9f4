import type { Logs } from './callbacks/logs.js';
import type { Compilation } from './compilation.js';
import type { Dataset } from './data/dataset.js';
import { EmptyDataError } from './data/emptyDataError.js';
import { type BatchContext, prepareBatch } from './data/trainingBatch.js';
import { OtherWork } from './otherWork.js';
import { RunningMeans } from './runningMeans.js';
import { lossNames } from './trainingProgram.js';

/** Samples come in their own order, so there is nothing to draw. */
export const inOrder = { shuffle: false, seed: { seed: 0, stream: 0 }, epoch: 0 } as const;

/**
 * Losses and metrics over one pass, as in inference.
 * @param context what batches are checked against; its operation stands in errors.
 * @throws {EmptyDataError} if there is no batch.
 * @throws the signal's reason once it is aborted.
 */
export async function evaluateDataset(
  compilation: Compilation,
  context: BatchContext,
  dataset: Dataset,
  batchSize: number,
  signal: AbortSignal | undefined,
): Promise<Logs> {
  const means = new RunningMeans(lossNames(compilation.lossTerms));
  const otherWork = new OtherWork();
  compilation.program?.resetMetrics();
  let batches = 0;
  for await (const raw of dataset.batches({ batchSize, ...inOrder })) {
    signal?.throwIfAborted();
    const batch = await prepareBatch(context, raw);
    const program = compilation.programFor(batch.y.map(({ shape }) => shape));
    means.add(await program.test(batch), batch.size);
    batches++;
    await otherWork.giveTurn();
  }
  if (batches === 0) throw new EmptyDataError(context.operation);
  return { ...means.result(), ...(await compilation.program?.metricLogs()) };
}
