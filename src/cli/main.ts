#!/usr/bin/env node
import { runCli } from './runCli.js';
import { processTerminal } from './terminal.js';

// The exit code is set, not forced: what is still to be written to a pipe is written.
void runCli(processTerminal()).then((code) => {
  process.exitCode = code;
});
