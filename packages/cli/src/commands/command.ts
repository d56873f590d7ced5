import type { ParseArgsConfig } from 'node:util'
import type { ExitCode } from '../exit-code.js'
import type { Io } from '../io.js'

export type Flags = NonNullable<ParseArgsConfig['options']>

/** What parseArgs made of the words after the command. */
export interface Words {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
}

export interface Command {
  /** One line of `mailwright --help`. */
  readonly summary: string
  /** After `mailwright <name>`, in its own help. */
  readonly usage: string
  /** What each flag does, line by line. */
  readonly help: readonly string[]
  readonly flags: Flags
  /** Words without dashes are files; other commands refuse them. */
  readonly takesFiles?: boolean
  /** @throws MailError; those of kind `usage` end with exit code 2, others with 1 */
  run(io: Io, words: Words): Promise<ExitCode>
}

export const textFlag = ({ values }: Words, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}
