import { deliverFile } from '../../io/index.js';
import type { SaveDestination, SaveResult } from '../../layers/index.js';
import type { ReportContents } from './reportContents.js';

/**
 * Writes a report as one HTML file that needs nothing else, not even a network: curves, scores of classes, the worst
 * mistakes with heat maps, the model, and what it takes to come to the same model again. Text from outside is escaped.
 *
 * ```ts
 * const history = await model.fit(data.train, { epochs: 10, validationData: data.validation });
 * const evaluation = await evaluateClassifier(model, data.validation);
 * await writeReport('report.html', { model, phases: [{ history }], evaluation });
 * ```
 * @param destination a file (Node; in a page, a file to download), `'memory'`, or an object that takes the file.
 */
export async function writeReport(destination: SaveDestination, contents: ReportContents): Promise<SaveResult> {
  const [{ reportPage }, { describeEnvironment }, { picturesOf }] = await Promise.all([
    import('./page.js'),
    import('./environment.js'),
    import('./mistakePictures.js'),
  ]);
  const page = reportPage(contents, {
    pictures: await picturesOf(contents),
    environment: await describeEnvironment(),
    date: new Date(),
  });
  return deliverFile('report.html', new TextEncoder().encode(page), destination);
}
