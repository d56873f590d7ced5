import { type Finding, isMailError } from '@mailwright/core'
import { settingFlags } from '../config/settings.js'
import { exitCode } from '../exit-code.js'
import type { Io } from '../io.js'
import type { Command, Words } from './command.js'
import { openService } from './open-service.js'

async function findings(io: Io, words: Words): Promise<readonly Finding[]> {
  try {
    const { mail } = await openService(io, words, { migrate: 'check', worker: false, sends: true })
    return await mail.doctor().finally(() => mail.stop())
  } catch (error) {
    if (!isMailError(error, 'MIGRATIONS_PENDING')) throw error
    const { code, message, details } = error
    return [{ level: 'error', code, message, fix: 'Run `mailwright migrate`.', details }]
  }
}

function show(io: Io, { level, code, message, fix, details }: Finding): void {
  io.out(`${level === 'error' ? 'ERROR  ' : 'warning'} ${code}: ${message}`)
  io.out(`        ${fix}`)
  if (details !== undefined) io.out(`        ${JSON.stringify(details)}`)
}

export const doctor: Command = {
  summary: 'Say what to mend before launch day. Changes nothing; exit code 1 if there are errors.',
  usage: '[--json]',
  help: ['--json    the findings as one JSON array'],
  flags: { ...settingFlags, json: { type: 'boolean' } },
  async run(io, words) {
    const found = await findings(io, words)
    if (words.values.json === true) io.out(JSON.stringify(found, null, 2))
    else if (found.length === 0) io.out('Nothing to mend.')
    else for (const finding of found) show(io, finding)
    return found.some(({ level }) => level === 'error') ? exitCode.failure : exitCode.ok
  },
}
