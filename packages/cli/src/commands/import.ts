import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { type Account, isMailError } from '@mailwright/core'
import { settingFlags } from '../config/settings.js'
import { exitCode } from '../exit-code.js'
import type { Io } from '../io.js'
import { usageError } from '../usage-error.js'
import { type Command, textFlag } from './command.js'
import { openService } from './open-service.js'

type Mode = 'append' | 'replace'

function modeOf(given = 'append'): Mode {
  if (given === 'append' || given === 'replace') return given
  throw usageError('--mode', 'append or replace')
}

const createUnlessThere = async (account: Account, name: string): Promise<void> => {
  await account.groups.create({ name }).catch((error: unknown) => {
    if (!isMailError(error, 'ALREADY_EXISTS')) throw error
  })
}

/** One file after the other, each as a stream; the first of `replace` replaces, the others are added to it. Stops at the first that is refused. */
async function importFiles(io: Io, account: Account, group: string, files: readonly string[], mode: Mode) {
  for (const [index, file] of files.entries()) {
    const source = file === '-' ? io.stdin : createReadStream(resolve(io.cwd, file))
    const report = await account.groups.importCsv(group, source, { mode: index === 0 ? mode : 'append' })
    const { rows, ...counts } = report
    io.out(
      `${file}: ${Object.entries(counts)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ')}`,
    )
    for (const { line, reason } of rows) io.out(`  line ${line}: ${reason}`)
  }
}

export const importLists: Command = {
  summary: 'Import CSV files into a recipient group, as streams.',
  usage: '--group NAME [--create] [--mode append|replace] [--account ID] FILE... (- is stdin)',
  help: [
    '--group NAME             name or id of the group',
    '--create                 make the group if there is none of that name',
    '--mode append|replace    default append; replace puts the first file in place of the present rows',
    '--account ID             default: default',
  ],
  flags: {
    ...settingFlags,
    group: { type: 'string' },
    create: { type: 'boolean' },
    mode: { type: 'string' },
    account: { type: 'string' },
  },
  takesFiles: true,
  async run(io, words) {
    const group = textFlag(words, 'group')
    const mode = modeOf(textFlag(words, 'mode'))
    if (group === undefined) throw usageError('--group', 'the name or id of a recipient group')
    if (words.positionals.length === 0) throw usageError('FILE', 'one CSV file or more, or - for stdin')
    const { mail } = await openService(io, words, { worker: false, sends: false })
    try {
      const account = mail.account(textFlag(words, 'account') ?? 'default')
      if (words.values.create === true) await createUnlessThere(account, group)
      await importFiles(io, account, group, words.positionals, mode)
      return exitCode.ok
    } finally {
      await mail.stop()
    }
  },
}
