/** What is compared with Keras. */
export const conformanceKinds = {
  layer: 'layers',
  loss: 'losses',
  metric: 'metrics',
  optimizer: 'optimizers',
  schedule: 'learning rate schedules',
  application: 'applications',
  file: 'saved files',
  model: 'trained models',
  training: 'trainings',
} as const;

export type ConformanceKind = keyof typeof conformanceKinds;

/** One case of a comparison with Keras, and how far off the library was. */
export interface ConformanceCase {
  readonly kind: ConformanceKind;
  /** A class, an application, the ending of a file, or the name of a model. */
  readonly name: string;
  /** Tells the cases of a name apart. */
  readonly id: string;
  /** Whose numbers: those Keras left in files, or those it computes while the tests run. */
  readonly source: 'goldens' | 'live';
}

/** A case with what was measured: the largest relative difference of each kind of number. */
export interface ConformanceRecord extends ConformanceCase {
  readonly differences: Readonly<Record<string, number>>;
  /** How many cases it stands for. @defaultValue 1 */
  readonly count?: number;
}

/** One record for each case, with the largest differences of all of them. */
export function mergeRecords(records: readonly ConformanceRecord[]): ConformanceRecord[] {
  const merged = new Map<string, ConformanceRecord>();
  for (const record of records) {
    const key = JSON.stringify([record.kind, record.name, record.id, record.source]);
    const differences = { ...merged.get(key)?.differences };
    for (const [what, difference] of Object.entries(record.differences)) {
      differences[what] = Math.max(differences[what] ?? 0, difference);
    }
    merged.set(key, { ...record, differences });
  }
  return [...merged.values()];
}
