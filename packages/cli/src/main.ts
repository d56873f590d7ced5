#!/usr/bin/env node
import { run } from './run.js'

const signals = ['SIGTERM', 'SIGINT'] as const

void run(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  onSignal(listener) {
    for (const signal of signals) process.on(signal, listener)
    return () => {
      for (const signal of signals) process.off(signal, listener)
    }
  },
  // Whatever is still open when a command has ended, such as what a deadline left behind, does not keep the process.
}).then((code) => process.exit(code))
