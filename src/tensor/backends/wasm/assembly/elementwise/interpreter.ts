import { ElementwiseRecord } from '../generated/records';
import { scratch } from '../scratch';
import { constant, intermediate, repeated, result, Slot, Step, whole } from './records';

// Scratch memory holds the address of each slot, then the registers. All registers are of the same size: a tile in whole
// steps of 32 bytes, which is how tiles are computed, and 32 bytes that may be written behind it.

const addressBytes: usize = 1024;

/** What an instruction may have, at most, so that its slots have room for their addresses. */
export const mostSlots: i32 = 256;

/**
 * Runs the steps of an instruction over the tiles `begin` to `end`. Operands that are in memory as they are needed are
 * read there, and results are written there; everything else is in registers, which stay in the first cache. `M` is a
 * class without fields that knows what registers hold.
 */
export function interpret<M>(record: ElementwiseRecord, begin: i32, end: i32): void {
  const bytes = roundedUp(<usize>min(record.tile, record.size) * changetype<M>(0).lane()) + 32;
  placeRegisters<M>(record, bytes);
  for (let tile = begin; tile < end; tile++) {
    const start = tile * record.tile;
    const count = min(record.tile, record.size - start);
    openTile<M>(record, bytes, start, count);
    computeTile<M>(record, count);
    closeTile<M>(record, bytes, start, count);
  }
}

// @ts-ignore: decorator
@inline
function roundedUp(bytes: usize): usize {
  return (bytes + 31) & ~31;
}

// @ts-ignore: decorator
@inline
function slotAt(record: ElementwiseRecord, index: i32): Slot {
  return changetype<Slot>(record.tail + <usize>index * offsetof<Slot>());
}

// @ts-ignore: decorator
@inline
function addressOf(index: i32): usize {
  return load<usize>(scratch() + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function setAddress(index: i32, address: usize): void {
  store<usize>(scratch() + (<usize>index << 2), address);
}

// @ts-ignore: decorator
@inline
function registerOf(slot: Slot, bytes: usize): usize {
  return scratch() + addressBytes + <usize>slot.register * bytes;
}

/** What is the same in every tile is made once. */
function placeRegisters<M>(record: ElementwiseRecord, bytes: usize): void {
  const machine = changetype<M>(0);
  const count = min(record.tile, record.size);
  for (let index = 0; index < record.slots; index++) {
    const slot = slotAt(record, index);
    const register = registerOf(slot, bytes);
    setAddress(index, register);
    if (slot.kind == constant) machine.splat(register, slot.address, slot.walk, bytes - 32);
    else if (slot.kind == repeated) machine.read(register, slot.dtype, slot.address, record.tail + slot.walk, 0, count);
  }
}

/** Points at the tile's part of every array, or spreads that over a register. */
function openTile<M>(record: ElementwiseRecord, bytes: usize, start: i32, count: i32): void {
  const machine = changetype<M>(0);
  for (let index = 0; index < record.slots; index++) {
    const slot = slotAt(record, index);
    const kind = slot.kind;
    if (kind == intermediate || kind == constant || kind == repeated) continue;
    const register = registerOf(slot, bytes);
    const inPlace = slot.address + <usize>start * machine.lane();
    if (kind == result) setAddress(index, isDirect<M>(slot, count) ? inPlace : register);
    else if (kind == whole && machine.direct(slot.dtype)) setAddress(index, inPlace);
    else machine.read(register, slot.dtype, slot.address, record.tail + slot.walk, start, count);
  }
}

/** Whether a tile of a result can be computed where it goes: steps of 32 bytes must not end behind it. */
// @ts-ignore: decorator
@inline
function isDirect<M>(slot: Slot, count: i32): bool {
  const machine = changetype<M>(0);
  return machine.direct(slot.dtype) && ((<usize>count * machine.lane()) & 31) == 0;
}

function computeTile<M>(record: ElementwiseRecord, count: i32): void {
  const machine = changetype<M>(0);
  const bytes = roundedUp(<usize>count * machine.lane());
  let at = record.tail + <usize>record.slots * offsetof<Slot>();
  const end = at + <usize>record.steps * offsetof<Step>();
  for (; at < end; at += offsetof<Step>()) {
    const step = changetype<Step>(at);
    machine.compute(
      step.operation,
      addressOf(step.to),
      addressOf(step.a),
      addressOf(step.b),
      addressOf(step.c),
      bytes,
    );
  }
}

/** Stores the results that had to be computed in registers. */
function closeTile<M>(record: ElementwiseRecord, bytes: usize, start: i32, count: i32): void {
  const machine = changetype<M>(0);
  for (let index = 0; index < record.slots; index++) {
    const slot = slotAt(record, index);
    if (slot.kind != result || isDirect<M>(slot, count)) continue;
    machine.write(slot.dtype, slot.address, registerOf(slot, bytes), start, count);
  }
}
