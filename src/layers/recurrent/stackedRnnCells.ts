import {
  type ClassDescription,
  type Config,
  expandDims,
  invalidOption,
  squeeze,
  type Tensor,
} from '../../tensor/index.js';
import type { InputSpec, Layer, LayerConfig, SymbolicShape } from '../layer.js';
import { describeLayer, getLayer } from '../nestedLayer.js';
import { type CellPass, RNNCell, singleStep } from './rnnCell.js';

/** Options of `StackedRNNCells`. */
export interface StackedRNNCellsConfig extends LayerConfig {
  readonly cells: readonly (RNNCell | ClassDescription)[];
}

/** Cells one behind the other as one cell: the output of each is the input of the next. Its states are those of all cells. */
export class StackedRNNCells extends RNNCell {
  static override readonly className = 'StackedRNNCells';
  readonly cells: readonly RNNCell[];

  /** @throws {ArgumentError} unless there is at least one cell. */
  constructor(config: StackedRNNCellsConfig) {
    super(config);
    if (!Array.isArray(config.cells) || config.cells.length === 0) {
      throw invalidOption(this.className, 'cells', 'a list of cells', config.cells);
    }
    this.cells = config.cells.map((like) => getCell(this.className, 'cells', like));
    if (config.trainable === false) this.trainable = false;
  }

  override get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
    return { cells: this.cells };
  }

  override get stateSize(): readonly number[] {
    return this.cells.flatMap(({ stateSize }) => stateSize);
  }

  override get outputSize(): number {
    return (this.cells.at(-1) as RNNCell).outputSize;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [this.cells[0]?.inputSpec[0] ?? {}, ...this.stateSize.map((size) => ({ axes: { [-1]: size } }))];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    let input = shape;
    for (const cell of this.cells) {
      const [batch = null] = input;
      cell.build(input, ...cell.stateShapes(input));
      input = [batch, cell.outputSize];
    }
  }

  override start(training: boolean): CellPass {
    const passes = this.cells.map((cell) => cell.start(training));
    const [first] = passes as [CellPass];
    return {
      project: (inputs) => first.project(inputs),
      step: (projected, states) => {
        const next: Tensor[] = [];
        let output = projected;
        for (const [i, pass] of passes.entries()) {
          const own = states.slice(next.length, next.length + (this.cells[i] as RNNCell).stateSize.length);
          const input = i === 0 ? projected : squeeze(pass.project(expandDims(output, 1)), 1);
          const result = pass.step(input, own);
          next.push(...result.states);
          output = result.output;
        }
        return { output, states: next };
      },
    };
  }

  override call(inputs: readonly Tensor[], { training }: { readonly training: boolean }): readonly Tensor[] {
    return singleStep(this.start(training), inputs);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), cells: this.cells.map(describeLayer) };
  }
}

/** The cell that is meant by an option; several make a stack. @throws {ArgumentError} if it is none. */
export function getCell(operation: string, option: string, like: unknown): RNNCell {
  if (Array.isArray(like)) return new StackedRNNCells({ cells: like as readonly ClassDescription[] });
  const cell = getLayer(operation, option, like);
  if (cell instanceof RNNCell) return cell;
  throw invalidOption(
    operation,
    option,
    'a recurrent cell',
    cell.className,
    'Give it LSTMCell, GRUCell, SimpleRNNCell or a subclass of RNNCell.',
  );
}
