import { setTimeout as pause } from 'node:timers/promises'
import type { Account, MailService } from '@mailwright/core'
import { settingFlags } from '../config/settings.js'
import { exitCode } from '../exit-code.js'
import { usageError } from '../usage-error.js'
import { type Command, textFlag, type Words } from './command.js'
import { openService } from './open-service.js'

/** For the first attempt to end, by this process or by a worker that was faster. */
const PATIENCE_MS = 60_000
const LOOK_MS = 200
const TEXT = 'This is a test of the mail service. If you can read it, mail gets from there to you.'

function variablesOf({ values }: Words): Readonly<Record<string, string>> {
  const given = values.var ?? []
  const pairs = (Array.isArray(given) ? given : []).map((pair) => /^([^=]+)=(.*)$/s.exec(String(pair)))
  if (pairs.includes(null)) throw usageError('--var', 'name=value')
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']))
}

function mailOf(words: Words) {
  const [from, to] = [textFlag(words, 'from'), textFlag(words, 'to')]
  if (from === undefined) throw usageError('--from', 'one of the account’s sender addresses')
  if (to === undefined) throw usageError('--to', 'your own address')
  const [template, subject] = [textFlag(words, 'template'), textFlag(words, 'subject')]
  const titled = subject === undefined ? {} : { subject }
  return template === undefined
    ? { from, to, subject: 'Test of the mail service', ...titled, text: TEXT }
    : { from, to, template, variables: variablesOf(words), ...titled }
}

/** The entry that says what became of the first attempt. */
async function firstOutcome(mail: MailService, account: Account, id: string) {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    await mail.tick({ maxMs: PATIENCE_MS })
    const outcome = (await account.deliveries.timeline(id)).find(({ kind }) => kind !== 'accepted')
    if (outcome !== undefined) return outcome
    await pause(LOOK_MS)
  }
  return null
}

export const sendTest: Command = {
  summary: 'Send one mail to yourself and say what the relay answered. What else is due is sent along.',
  usage: '--from ADDRESS --to ADDRESS [--template NAME] [--var name=value]... [--subject TEXT] [--account ID]',
  help: [
    '--from ADDRESS      one of the account’s sender addresses',
    '--to ADDRESS        your own',
    '--template NAME     else a line of text',
    '--var name=value    a variable of the template; once for each',
    '--subject TEXT      in place of the template’s',
    '--account ID        default: default',
  ],
  flags: {
    ...settingFlags,
    from: { type: 'string' },
    to: { type: 'string' },
    template: { type: 'string' },
    var: { type: 'string', multiple: true },
    subject: { type: 'string' },
    account: { type: 'string' },
  },
  async run(io, words) {
    const input = mailOf(words)
    const { mail } = await openService(io, words, { worker: false, sends: true })
    try {
      const account = mail.account(textFlag(words, 'account') ?? 'default')
      const { messages } = await account.send(input)
      const outcome = await firstOutcome(mail, account, messages[0]?.id ?? '')
      if (outcome === null) {
        io.out(
          `Nothing was heard of it within ${PATIENCE_MS / 1_000} seconds. It stays queued; \`mailwright doctor\` may know why.`,
        )
        return exitCode.failure
      }
      const { attempt: _attempt, ...detail } = outcome.detail
      io.out(`${outcome.kind} ${Object.values(detail).join(' ')}`.trim())
      return outcome.kind === 'delivered' ? exitCode.ok : exitCode.failure
    } finally {
      await mail.stop()
    }
  },
}
