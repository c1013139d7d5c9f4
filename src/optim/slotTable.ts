import { fill, snakeCase, Variable } from '../tensor/index.js';

/** The slots of one variable, by name. */
export type Slots = Readonly<Record<string, Variable>>;

/** What an optimizer remembers about each variable: cells of the shape and dtype of the variable. */
export class SlotTable {
  readonly #slots = new Map<Variable, Slots>();

  /**
   * @param owner first part of the paths.
   * @param groups names of the slots; files store group after group.
   * @param initial values slots start with, 0 if not listed; `'weight'` for what the variable holds at that time.
   */
  constructor(
    private readonly owner: string,
    private readonly groups: readonly (readonly string[])[],
    private readonly initial: Readonly<Record<string, number | 'weight' | undefined>>,
  ) {}

  /** Variables that have slots, in the order in which they were first seen. */
  get variables(): readonly Variable[] {
    return [...this.#slots.keys()];
  }

  /** The slots of `variable`, made the first time it is seen and kept from then on. */
  of(variable: Variable): Slots {
    let slots = this.#slots.get(variable);
    if (slots === undefined) {
      slots = Object.fromEntries(this.groups.flat().map((name) => [name, this.#create(variable, name)]));
      this.#slots.set(variable, slots);
    }
    return slots;
  }

  /** The slots of `variables` in the order of Keras: by group, then by variable, then by name. */
  ordered(variables: readonly Variable[]): readonly Variable[] {
    return this.groups.flatMap((group) =>
      variables.flatMap((variable) => group.map((name) => this.of(variable)[name] as Variable)),
    );
  }

  #create(variable: Variable, slot: string): Variable {
    const name = `${variable.path.replaceAll('/', '_')}_${snakeCase(slot)}`;
    const start = this.initial[slot] ?? 0;
    const options = { name, trainable: false };
    const cell =
      start === 'weight' ? variable.copy(options) : new Variable(fill(variable.shape, start, variable.dtype), options);
    cell.path = `${this.owner}/${name}`;
    return cell;
  }
}
