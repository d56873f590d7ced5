import { parseArgs } from 'node:util'
import { codes, isMailError, type MailError } from '@mailwright/core'
import manifest from '../package.json'
import type { Command, Words } from './commands/command.js'
import { commands } from './commands/index.js'
import { type ExitCode, exitCode } from './exit-code.js'
import { commandHelp, generalHelp } from './help.js'
import type { Io } from './io.js'
import { unknownName, usageError } from './usage-error.js'

const say = (io: Io, lines: readonly string[]): ExitCode => {
  for (const line of lines) io.out(line)
  return exitCode.ok
}

/** parseArgs' own messages repeat what was given, which may be a secret at a wrong place; names of flags it may repeat. */
function wordsOf(command: Command, args: readonly string[]): Words {
  const options = { ...command.flags, help: { type: 'boolean' } } as const
  const known = Object.keys(options).map((name) => `--${name}`)
  const wrong = args.find((arg) => arg.startsWith('--') && arg !== '--' && !known.includes(arg.split('=')[0] ?? ''))
  if (wrong !== undefined) throw unknownName('flag', wrong.split('=')[0] ?? '', known)
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values, positionals }
  } catch {
    throw usageError('flags', 'as `--help` shows them: a value behind each flag that takes one, and none behind others')
  }
}

async function runCommand(io: Io, name: string, args: readonly string[]): Promise<ExitCode> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw unknownName('command', name, Object.keys(commands))
  if (args.includes('--help') || args.includes('-h')) return say(io, commandHelp(name, command))
  const words = wordsOf(command, args)
  if (words.positionals.length > 0 && command.takesFiles !== true)
    throw usageError(name, 'flags only, no words without --')
  return command.run(io, words)
}

/** Of options the field says it all. */
function textOf({ code, message }: MailError): string {
  const note = message.slice(codes[code].message.length + 2, -1)
  return code === 'OPTIONS_INVALID' && note !== '' ? note : `${code}: ${message}`
}

/** What the code table says, what to mend, and where our own words end the error of the driver or of node. Never what an option held. */
function explain(io: Io, error: unknown): ExitCode {
  if (!isMailError(error)) {
    io.err(`mailwright: ${error instanceof Error ? error.message : 'failed'}`)
    return exitCode.failure
  }
  io.err(`mailwright: ${textOf(error)}`)
  const { remedy, install, pending } = error.details
  for (const hint of [remedy, install, Array.isArray(pending) ? `Missing: ${pending.join(', ')}` : undefined])
    if (typeof hint === 'string') io.err(`  ${hint}`)
  if (error.cause instanceof Error) io.err(`  cause: ${error.cause.message}`)
  return error.kind === 'usage' ? exitCode.usage : exitCode.failure
}

/** Runs one command line, without the words `node` and `mailwright`. Never rejects. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const [first, ...rest] = args
  if (first === '--version' || first === '-v') return say(io, [manifest.version])
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    say(io, generalHelp())
    return first === undefined ? exitCode.usage : exitCode.ok
  }
  try {
    return await runCommand(io, first, rest)
  } catch (error) {
    return explain(io, error)
  }
}
