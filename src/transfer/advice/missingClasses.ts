import { labelsOf } from '../../training/index.js';
import type { Advised } from './advised.js';

/** Classes that are trained and never validated, as when data that are sorted by class are cut in two. */
export async function missingClasses({ model, training, validation, compilation }: Advised): Promise<string | null> {
  const [term] = compilation.lossTerms;
  const tellsClasses =
    term !== undefined && compilation.lossTerms.length === 1 && 'fromLogits' in term.loss.getConfig();
  if (validation === null || !tellsClasses) return null;
  const [trained, validated] = [await labelsOf(training), await labelsOf(validation)];
  if (trained === null || validated === null) return null;
  const seen = new Set(validated);
  const missing = [...new Set(trained)].filter((label) => !seen.has(label)).sort((a, b) => a - b);
  if (missing.length === 0) return null;
  const names = training.classNames ?? model.metadata.classNames;
  const shown = missing
    .slice(0, 5)
    .map((label) => (Array.isArray(names) ? String(names[label] ?? label) : String(label)));
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
  return (
    `the validation data have no sample of class ${shown.join(', ')}${more}, so its figures say nothing of it. ` +
    'Shuffle samples before they are split, or let imageFolder split them class by class.'
  );
}
