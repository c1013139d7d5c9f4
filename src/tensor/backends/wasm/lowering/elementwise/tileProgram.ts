import type { DType } from '../../../../dtype.js';
import { type Shape, sizeOf } from '../../../../shape.js';
import { type OperationName, operations } from '../../operations.js';
import { dtypeCode } from '../dtypeCode.js';
import { doubleBits, floatBits } from '../floatBits.js';
import type { Pointer } from '../pointer.js';
import type { ProgramBuilder, Word } from '../programBuilder.js';
import { allocateRegisters } from './registers.js';
import type { Slot, TileStep } from './slot.js';
import { chooseTile } from './tile.js';
import { type Walk, walkOf, walkWords } from './walk.js';

/** Numbers of kinds in `assembly/elementwise/records.ts`. */
const kinds = { intermediate: 0, constant: 1, whole: 2, repeated: 3, spread: 4, result: 5 } as const;

const bytesPerRecord = 20;

/** Collects what is to be done to each element of a shape, and emits it as one instruction. */
export class TileProgram {
  readonly #slots: Slot[] = [];
  readonly #steps: TileStep[] = [];
  readonly #constants = new Map<number, number>();

  /** @param isWide whether float64 has a part in it: then lanes have 64 bits. */
  constructor(
    readonly shape: Shape,
    readonly isWide: boolean,
  ) {}

  operand(address: Pointer, shape: Shape, dtype: DType): number {
    return this.#slots.push({ kind: 'operand', dtype, address, walk: walkOf(shape, this.shape) }) - 1;
  }

  /** A floating number that is the same everywhere. */
  constant(value: number): number {
    let slot = this.#constants.get(value);
    if (slot === undefined) {
      slot = this.#slots.push({ kind: 'constant', value }) - 1;
      this.#constants.set(value, slot);
    }
    return slot;
  }

  intermediate(): number {
    return this.#slots.push({ kind: 'intermediate' }) - 1;
  }

  result(address: Pointer, dtype: DType): number {
    return this.#slots.push({ kind: 'result', dtype, address }) - 1;
  }

  /** Appends an operation. */
  compute(operation: OperationName, to: number, inputs: readonly number[]): void {
    this.#steps.push({ operation, to, inputs });
  }

  emit(builder: ProgramBuilder): void {
    const size = sizeOf(this.shape);
    const { registers, count } = allocateRegisters(this.#slots, this.#steps);
    const periods = this.#slots.flatMap((slot) => (slot.kind === 'operand' ? (slot.walk.period ?? []) : []));
    const tile = chooseTile(size, periods, count);
    const walks: number[] = [];
    const firstWalk = (this.#slots.length + this.#steps.length) * bytesPerRecord;
    const slots = this.#slots.flatMap((slot, index): Word[] => {
      const register = registers[index] as number;
      switch (slot.kind) {
        case 'intermediate':
          return [kinds.intermediate, 0, register, 0, 0];
        case 'constant':
          return [kinds.constant, 0, register, ...(this.isWide ? doubleBits(slot.value) : [floatBits(slot.value), 0])];
        case 'result':
          return [kinds.result, dtypeCode[slot.dtype], register, slot.address, 0];
        case 'operand': {
          const at = firstWalk + 4 * walks.length;
          walks.push(...walkWords(slot.walk));
          return [kindOf(slot.walk, tile), dtypeCode[slot.dtype], register, slot.address, at];
        }
        default:
          throw new Error(`unknown slot ${slot satisfies never}`);
      }
    });
    const steps = this.#steps.flatMap(({ operation, to, inputs: [a = 0, b = 0, c = 0] }) => {
      return [operations.indexOf(operation), to, a, b, c];
    });
    const units = Math.ceil(size / tile);
    builder.emit(
      this.isWide ? 'elementwiseWide' : 'elementwise',
      // Eight tiles are a few microseconds, below which a second thread is not worth waiting for.
      { units, grain: Math.max(8, Math.ceil(units / 16)) },
      { size, tile, slots: this.#slots.length, steps: this.#steps.length },
      [...slots, ...steps, ...walks],
    );
  }
}

function kindOf({ period, whole }: Walk, tile: number): number {
  if (whole) return kinds.whole;
  return period !== null && tile % period === 0 ? kinds.repeated : kinds.spread;
}
