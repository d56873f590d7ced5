import { smtp } from '@mailwright/adapters/transport/smtp'
import type { TransportRequest } from '@mailwright/core'
import { afterEach, describe, expect, it } from 'vitest'
import { type RawConnection, rawSmtpServer } from './raw-smtp-server.js'

const never = new AbortController().signal
const aMail = (id: string): TransportRequest => ({
  id,
  route: null,
  envelope: { from: 'bounce@mail.example', to: [`${id}@example.org`] },
  content: Buffer.from(`Subject: ${id}\r\n\r\nBody\r\n`),
})

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
const to = (port: number, more: Partial<Parameters<typeof smtp>[0]> = {}) => {
  const transport = smtp({ url: `smtp://127.0.0.1:${port}`, connections: 1, ...more })
  closers.push(() => transport.close())
  return transport
}
const typesOf = async (transport: ReturnType<typeof to>, ids: readonly string[]) =>
  (await Promise.all(ids.map((id) => transport.send(aMail(id), never)))).map(({ recipients }) => recipients[0]?.type)

/** A server with PIPELINING that answers command by command, whatever way they are cut; null: it says nothing more, not before it is `woken`. */
const answering = async (
  answer: (command: string) => string | null | undefined,
  greeting: () => readonly string[] = () => ['220 raw.test'],
) => {
  const states = new Map<RawConnection, { rest: string; content: boolean; silent: boolean }>()
  const usualTo = (command: string) => {
    if (command.startsWith('EHLO')) return '250-raw.test\r\n250 PIPELINING'
    return command.startsWith('DATA') ? '354 go' : '250 ok'
  }
  const read = (connection: RawConnection): void => {
    const state = states.get(connection)
    while (state !== undefined && !state.silent) {
      const mark = state.content ? '\r\n.\r\n' : '\r\n'
      const end = state.rest.indexOf(mark)
      if (end < 0) return
      const command = state.content ? `DOT ${state.rest.slice(0, end)}` : state.rest.slice(0, end)
      state.rest = state.rest.slice(end + mark.length)
      const given = answer(command)
      const said = given === undefined ? usualTo(command) : given
      state.silent = said === null
      state.content = said?.startsWith('354') ?? false
      if (said !== null) connection.say(said)
    }
  }
  const server = await rawSmtpServer(
    (piece, connection) => {
      const state = states.get(connection) ?? { rest: '', content: false, silent: false }
      states.set(connection, state)
      state.rest += piece
      read(connection)
    },
    { greeting },
  )
  closers.push(() => server.close())
  /** Says what it kept to itself, and goes on. */
  const wake = (answer: string): void => {
    for (const [connection, state] of states) {
      if (!state.silent) continue
      state.silent = false
      connection.say(answer)
      read(connection)
    }
  }
  return Object.assign(server, { wake })
}

describe('what an answer is about', () => {
  it.each([
    { what: 'a refused recipient', at: /^RCPT TO:<m[2-4]/, answer: '550 5.1.1 no such user', following: /^DATA/ },
    { what: 'a refused sender', at: /^MAIL/, answer: '550 5.7.1 not you', following: /^(?:RCPT|DATA)/ },
  ])(
    'REL-2: 503 after $what tells of that refusal, not of a server that minds the pipeline',
    async ({ at, answer, following }) => {
      let refused = false
      const server = await answering((command) => {
        if (/^(?:MAIL|RSET)/.test(command)) refused = false
        if (refused && following.test(command)) return '503 5.5.1 bad sequence of commands'
        if (!at.test(command) || server.pieces[0]?.length === 2) return undefined
        refused = true
        return answer
      })
      const transport = to(server.port)
      const types = await typesOf(transport, ['m1', 'm2', 'm3', 'm4', 'm5'])
      expect(types.slice(1, 4)).toEqual(['refused', 'refused', 'refused'])
      const commands = server.pieces.flat().join('')
      for (const id of ['m2', 'm3', 'm4']) expect(commands.split(`RCPT TO:<${id}@`)).toHaveLength(2)
      expect(server.pieces).toHaveLength(1)
    },
  )

  it('learns from a server that swallows what follows the final dot', async () => {
    const server = await rawSmtpServer((piece, { say }) => {
      if (piece.startsWith('EHLO')) say('250-raw.test', '250 PIPELINING')
      else if (piece.startsWith('MAIL')) say('250 ok', '250 ok', '354 go')
      else if (piece.startsWith('QUIT')) say('221 bye')
      else say('250 taken')
    })
    closers.push(() => server.close())
    const transport = to(server.port, { timeouts: { commandMs: 150 } })
    expect(await typesOf(transport, ['m1', 'm2'])).toEqual(['accepted', 'unreached'])
    expect(await typesOf(transport, ['m3', 'm4', 'm5'])).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it('REL-2: an aborted mail does not make the one before it unknown', async () => {
    const server = await answering((command) => (command.startsWith('DOT Subject: m1') ? null : undefined))
    const transport = to(server.port)
    const first = transport.send(aMail('m1'), never)
    const second = new AbortController()
    const aborted = transport.send(aMail('m2'), second.signal)
    const third = transport.send(aMail('m3'), never)
    await expect.poll(() => server.pieces.flat().join('')).toContain('RCPT TO:<m2@')
    second.abort()
    expect(await aborted).toMatchObject({ recipients: [{ type: 'unreached' }] })
    server.wake('250 2.0.0 ok')
    expect(await first).toMatchObject({ recipients: [{ type: 'accepted' }] })
    expect(await third).toMatchObject({ recipients: [{ type: 'accepted' }] })
    expect(server.pieces.flat().join('')).not.toContain('Subject: m2')
  })

  it('T22: a server that repeats the login in its refusal gives nothing away to logs', async () => {
    const secret = Buffer.from('\0shop\0hunter2-secret').toString('base64')
    for (const words of [
      `535 5.7.8 unknown command "AUTH PLAIN ${secret}"`,
      '535 5.7.8 hunter2-secret is wrong',
      `500 what is ${secret.slice(0, 20)}`,
    ]) {
      const server = await rawSmtpServer((piece, { say }) =>
        piece.startsWith('EHLO') ? say('250-raw.test', '250 AUTH PLAIN') : say(words),
      )
      closers.push(() => server.close())
      const transport = to(server.port, { url: `smtp://shop:hunter2-secret@127.0.0.1:${server.port}` })
      const said = JSON.stringify(await transport.send(aMail('m1'), never))
      expect(said).toContain('"auth"')
      expect(said).not.toMatch(/hunter2/)
      expect(said).not.toContain(secret.slice(0, 20))
    }
  })
})

describe('connections that hang at the greeting', () => {
  it('keep no mail from queueing behind those under way', async () => {
    let greeted = 0
    const server = await answering(
      (command) => (command.startsWith('DOT Subject: m2') ? null : undefined),
      () => (greeted++ === 0 ? ['220 raw.test'] : []),
    )
    const transport = to(server.port, { connections: 3 })
    await transport.send(aMail('m1'), never)
    const sending = typesOf(transport, ['m2', 'm3', 'm4', 'm5'])
    // Two of them are what the connections to come are for.
    await expect.poll(() => server.pieces.flat().join('')).toContain('RCPT TO:<m3@')
    server.wake('250 2.0.0 ok')
    expect(await sending).toEqual(Array(4).fill('accepted'))
  })
})
