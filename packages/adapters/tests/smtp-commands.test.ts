import { smtp } from '@mailwright/adapters/transport/smtp'
import { isMailError } from '@mailwright/core'
import { expect, it } from 'vitest'
import { rawSmtpServer } from './raw-smtp-server.js'

const BREAKS = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\u0085',
  '\u2028',
  '\u2029',
  '\v',
  '\f',
  '\\\r\n',
  '"\r\n"',
  '%0d%0a',
  '\\n',
  '&#13;&#10;',
]
const DEEDS = [
  'RCPT TO:<eve@evil.example>',
  'MAIL FROM:<eve@evil.example>',
  'DATA',
  'RSET',
  'QUIT',
  '.\r\nMAIL FROM:<eve@evil.example>',
  'VRFY root',
  'STARTTLS',
  'BDAT 1 LAST',
  'X> NOTIFY=SUCCESS ORCPT=rfc822;eve@evil.example',
]
const SHAPES: readonly ((evil: string) => string)[] = [
  (evil) => `ann${evil}@example.org`,
  (evil) => `ann@example.org${evil}`,
  (evil) => `ann@example${evil}.org`,
  (evil) => `"ann${evil}"@example.org`,
  (evil) => `${evil}ann@example.org`,
  (evil) => `ann@example.org>${evil}`,
  (evil) => `ann@example.org> SIZE=1${evil}`,
  (evil) => `<ann@example.org>${evil}`,
  (evil) => `@a.example,@b.example:ann@example.org${evil}`,
]
const PLACES = ['from', 'to', 'second'] as const

const addresses = SHAPES.flatMap((shape) => BREAKS.flatMap((gap) => DEEDS.map((deed) => shape(`${gap}${deed}`))))
const envelopes = addresses.flatMap((evil) =>
  PLACES.map((place) => ({
    from: place === 'from' ? evil : 'bounce@mail.example',
    to: [place === 'to' ? evil : 'ann@example.org', ...(place === 'second' ? [evil] : ['bob@example.org'])],
  })),
)
/** With what a sender could put behind each of them, over ten thousand. */
const hostile = Array.from({ length: 10_800 }, (_, at) => envelopes[at % envelopes.length]).flatMap((one, at) =>
  one ? [{ ...one, subject: `${at}` }] : [],
)

/** A quoted local part may hold a space. */
const PATH = '<(?:[^<>\\s"]+|"[^<>"\\r\\n]+"@[^<>\\s"]+)>'
const COMMAND = new RegExp(
  `^(?:EHLO [\\w.-]+|MAIL FROM:${PATH}(?: (?:SIZE=\\d+|BODY=8BITMIME|SMTPUTF8))*|RCPT TO:${PATH}|DATA|QUIT)$`,
)

it('T1: of 10,000 hostile envelopes a raw receiver sees no command that was not meant', async () => {
  const commands: string[] = []
  const rests = new Map<object, { rest: string; content: boolean }>()
  const server = await rawSmtpServer((piece, connection) => {
    const state = rests.get(connection) ?? { rest: '', content: false }
    rests.set(connection, state)
    state.rest += piece
    for (;;) {
      const mark = state.content ? '\r\n.\r\n' : '\n'
      const end = state.rest.indexOf(mark)
      if (end < 0) return
      const line = state.rest.slice(0, end)
      state.rest = state.rest.slice(end + mark.length)
      if (state.content) connection.say('250 ok')
      else {
        commands.push(line.replace(/\r$/, ''))
        if (line.startsWith('EHLO')) connection.say('250-raw.test', '250-PIPELINING', '250-8BITMIME', '250 SMTPUTF8')
        else connection.say(line.startsWith('DATA') ? '354 go' : '250 ok')
      }
      state.content = !state.content && line.startsWith('DATA')
    }
  })
  const transport = smtp({ url: `smtp://127.0.0.1:${server.port}`, connections: 4 })
  const signal = new AbortController().signal
  const sends = hostile.map(async ({ from, to, subject }, at) => {
    const content = Buffer.from(`Subject: ${subject}\r\n\r\nBody\r\n`)
    try {
      const { recipients } = await transport.send(
        { id: `m${at}`, route: null, envelope: { from, to }, content },
        signal,
      )
      return recipients.filter(({ type }) => type === 'accepted').length
    } catch (error) {
      if (isMailError(error, 'ADDRESS_INVALID')) return 'refused by us'
      throw error
    }
  })
  const results = await Promise.all(sends)
  await transport.close()
  await server.close()
  expect(commands.filter((command) => !COMMAND.test(command))).toEqual([])
  expect(commands.filter((command) => /^(?:MAIL FROM|RCPT TO):<eve@/.test(command))).toEqual([])
  const count = (verb: string) => commands.filter((command) => command.startsWith(verb)).length
  const sent = results.filter((one) => one !== 'refused by us')
  expect([count('MAIL'), count('DATA'), count('RCPT')]).toEqual([sent.length, sent.length, sent.length * 2])
  // Nearly all are refused; what looks odd and can do nothing is somebody's address.
  expect(sent.length / results.length).toBeLessThan(0.3)
})
