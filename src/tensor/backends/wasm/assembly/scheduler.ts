import { arrived, done, instructionCount, launches, launchStride, participants, passed, program, sleeping } from './control';
import { dispatch } from './generated/dispatch';
import { Header } from './generated/records';
import { setScratch } from './scratch';

/** Called by worker 0 when a program is done. */
// @ts-expect-error: decorator
@external('env', 'finished')
declare function finished(): void;

/** Looks at a word before going to sleep: a few microseconds between runs, some more at a barrier. */
const launchSpins: i32 = 4000;
const barrierSpins: i32 = 20000;

/** The life of a worker: sleep until launched, take part in the program, again. `launched` is the count it starts from. */
export function serve(worker: i32, scratch: usize, launched: i32): void {
  setScratch(scratch);
  const launch = launches + <usize>worker * launchStride;
  while (true) {
    launched = awaitChange(launch, launched);
    takePart(worker);
    if (worker == 0) {
      atomic.store<i32>(done, launched);
      finished();
    }
  }
}

/** Runs a whole program alone, in the thread of the caller. */
export function runAlone(scratch: usize): void {
  setScratch(scratch);
  takePart(0);
}

function awaitChange(address: usize, seen: i32): i32 {
  for (let spins = launchSpins; spins > 0; spins--) {
    const now = atomic.load<i32>(address);
    if (now != seen) return now;
  }
  let now = seen;
  for (; now == seen; now = atomic.load<i32>(address)) sleepUntilChange(address, seen);
  return now;
}

/**
 * A function of its own, which no compiler inlines: it has a loop, and more than one caller. The baseline compiler of
 * Node 20 mixes up the variables of larger functions over a wait, which then goes on for ever. Callers look again
 * themselves: to go on too early would be to compute with numbers that are not there yet.
 */
function sleepUntilChange(address: usize, seen: i32): void {
  while (atomic.load<i32>(address) == seen) atomic.wait<i32>(address, seen, -1);
}

function takePart(worker: i32): void {
  const count = load<i32>(instructionCount);
  const workers = load<i32>(participants);
  let at = load<usize>(program);
  const line = launches + <usize>worker * launchStride;
  for (let i = 0; i < count; i++) {
    const header = changetype<Header>(at);
    store<i32>(line, i, 4);
    if (workers == 1) dispatch(header.opcode, at, 0, header.units);
    else {
      takeUnits(header, at);
      barrier(header, workers);
    }
    at += <usize>header.words << 2;
  }
}

/** Takes the next units that nobody has taken until none are left. What a unit computes does not depend on who takes it. */
function takeUnits(header: Header, at: usize): void {
  const units = header.units;
  const grain = header.grain;
  const taken = at + offsetof<Header>('taken');
  while (true) {
    const begin = atomic.add<i32>(taken, grain);
    if (begin >= units) return;
    dispatch(header.opcode, at, begin, min(begin + grain, units));
  }
}

/** Nobody starts the next instruction before everybody has finished this one. */
function barrier(header: Header, workers: i32): void {
  const before = atomic.load<i32>(passed);
  if (atomic.add<i32>(arrived, 1) == workers - 1) {
    header.taken = 0;
    atomic.store<i32>(arrived, 0);
    atomic.add<i32>(passed, 1);
    if (atomic.load<i32>(sleeping) > 0) atomic.notify(passed, -1);
    return;
  }
  for (let spins = barrierSpins; spins > 0; spins--) if (atomic.load<i32>(passed) != before) return;
  atomic.add<i32>(sleeping, 1);
  while (atomic.load<i32>(passed) == before) sleepUntilChange(passed, before);
  atomic.sub<i32>(sleeping, 1);
}
