import type { Command } from './commands/command.js'
import { commands } from './commands/index.js'
import { variables } from './config/variables.js'

const WIDTH = 14
const row = (name: string, about: string, width = WIDTH): string => `  ${name.padEnd(width)}${about}`

const COMMON = [
  '--config FILE            default: mailwright.config.js, .mjs or .json in the working directory',
  '--storage pglite:FOLDER  an embedded database; Postgres comes by DATABASE_URL',
  '--help',
]

export const generalHelp = (): readonly string[] => [
  'mailwright <command> [flags]',
  '',
  ...Object.entries(commands).map(([name, { summary }]) => row(name, summary)),
  '',
  'mailwright <command> --help says more of one; mailwright --version.',
  '',
  'Environment (NAME_FILE: read from that file instead):',
  ...Object.entries(variables).map(([name, { file, about }]) => row(file ? `${name}[_FILE]` : name, about, 30)),
  '',
  'Exit codes: 0 done, 1 not done (or the doctor found errors), 2 the command or the configuration cannot be used.',
]

export const commandHelp = (name: string, { summary, usage, help }: Command): readonly string[] => [
  `mailwright ${name} ${usage}`.trim(),
  '',
  summary,
  '',
  ...[...help, ...COMMON].map((line) => `  ${line}`),
]
