import { type DType, fill, snakeCase, Variable } from '../tensor/index.js';
import type { SlotForm } from './updateRule.js';

/** The slots of one variable, by name. */
export type Slots = Readonly<Record<string, Variable>>;

/** What the slots of an optimizer look like. */
export interface SlotLayout {
  /** First part of the paths. */
  readonly owner: string;
  /** Names of the slots; files store group after group. */
  readonly groups: readonly (readonly string[])[];
  /** Values slots start with, 0 if not listed; `'weight'` for what the variable holds at that time. */
  readonly initial: Readonly<Record<string, number | 'weight' | undefined>>;
  /** What a slot looks like; `null` for what the variable looks like. */
  formOf(slot: string, variable: Variable): SlotForm | null;
  /** Scalars that all variables share, by name, and what they start with. */
  readonly shared: Readonly<Record<string, number>>;
}

/** What an optimizer remembers: cells for each variable, of its shape and dtype by default, and a few for all of them. */
export class SlotTable {
  readonly #slots = new Map<Variable, Slots>();
  #shared: Slots | null = null;

  constructor(private readonly layout: SlotLayout) {}

  /** Variables that have slots, in the order in which they were first seen. */
  get variables(): readonly Variable[] {
    return [...this.#slots.keys()];
  }

  /** The slots of `variable`, made the first time it is seen and kept from then on. */
  of(variable: Variable): Slots {
    let slots = this.#slots.get(variable);
    if (slots === undefined) {
      slots = Object.fromEntries(this.layout.groups.flat().map((name) => [name, this.#create(variable, name)]));
      this.#slots.set(variable, slots);
    }
    return slots;
  }

  /** The cells that all variables share, made the first time they are asked for. @param dtype that of the first variable */
  sharedBy(dtype: DType): Slots {
    this.#shared ??= Object.fromEntries(
      Object.entries(this.layout.shared).map(([name, start]) => {
        // Keras gives these no name of their own.
        const cell = new Variable(fill([], start, dtype), { name: 'variable', trainable: false });
        cell.path = `${this.layout.owner}/variable`;
        return [name, cell];
      }),
    );
    return this.#shared;
  }

  /** The slots of `variables` in the order of Keras: by group, then by variable, then by name; then what they share. */
  ordered(variables: readonly Variable[]): readonly Variable[] {
    const slots = this.layout.groups.flatMap((group) =>
      variables.flatMap((variable) => group.map((name) => this.of(variable)[name] as Variable)),
    );
    const [first] = variables;
    return first === undefined ? slots : [...slots, ...Object.values(this.sharedBy(first.dtype))];
  }

  #create(variable: Variable, slot: string): Variable {
    const { owner, initial, formOf } = this.layout;
    const form = formOf(slot, variable);
    const name = form?.label ?? `${variable.path.replaceAll('/', '_')}_${snakeCase(slot)}`;
    const start = initial[slot] ?? 0;
    const options = { name, trainable: false };
    const { shape, dtype = variable.dtype } = form ?? variable;
    const cell = start === 'weight' ? variable.copy(options) : new Variable(fill(shape, start, dtype), options);
    cell.path = `${owner}/${name}`;
    return cell;
  }
}
