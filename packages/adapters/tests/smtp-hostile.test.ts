import { smtp } from '@mailwright/adapters/transport/smtp'
import { scriptedPeer } from '@mailwright/conformance'
import type { RecipientOutcome, TransportRequest } from '@mailwright/core'
import { afterEach, describe, expect, it } from 'vitest'
import { type RawConnection, rawSmtpServer } from './raw-smtp-server.js'

const never = new AbortController().signal
const aMail = (more: Partial<TransportRequest> = {}): TransportRequest => ({
  id: 'm1',
  route: null,
  envelope: { from: 'bounce@mail.example', to: ['ann@example.org'] },
  content: Buffer.from('Subject: Hello\r\n\r\nBody\r\n'),
  ...more,
})

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

type Options = Partial<Parameters<typeof smtp>[0]>

const outcomeAt = async (
  port: number,
  options: Options = {},
  mail = aMail(),
): Promise<RecipientOutcome | undefined> => {
  const transport = smtp({ url: `smtp://127.0.0.1:${port}`, connections: 1, ...options })
  closers.push(() => transport.close())
  return (await transport.send(mail, never)).recipients[0]
}

/** A server that answers like any other, except where `script` does something else with a piece. */
const server = async (
  script: (piece: string, connection: RawConnection) => boolean,
  more: { readonly greeting?: readonly string[]; readonly ehlo?: readonly string[] } = {},
) => {
  const raw = await rawSmtpServer((piece, connection) => {
    const { say } = connection
    if (script(piece, connection)) return
    if (piece.startsWith('EHLO')) say(...(more.ehlo ?? ['250 raw.test']))
    else if (piece.startsWith('DATA')) say('354 go on')
    else if (piece.startsWith('QUIT')) say('221 bye')
    else say('250 ok')
  }, more)
  closers.push(() => raw.close())
  return raw
}

/** One octet at a time, for ever: never silent, never done. */
const trickle = ({ socket }: RawConnection): true => {
  const timer = setInterval(() => socket.write('2'), 5)
  socket.on('close', () => clearInterval(timer))
  return true
}

describe('a server that trickles', () => {
  it.each([
    { step: 'greeting', at: '', stage: 'greeting' },
    { step: 'EHLO', at: 'EHLO', stage: 'greeting' },
    { step: 'MAIL', at: 'MAIL', stage: 'mail' },
    { step: 'RCPT', at: 'RCPT', stage: 'mail' },
    { step: 'DATA', at: 'DATA', stage: 'data' },
  ])('F6: is given up at $step when the answer is overdue, whatever trickles in', async ({ at, stage }) => {
    const greeting = at === '' ? { greeting: [] } : {}
    const slow = await server((piece, connection) => at !== '' && piece.startsWith(at) && trickle(connection), greeting)
    const timeouts = { greetingMs: 80, commandMs: 80, dataMs: 80 }
    expect(await outcomeAt(slow.port, { timeouts })).toMatchObject({ type: 'unreached', stage })
    expect(slow.pieces).toHaveLength(1)
  })

  it('F6, REL-2: leaves a mail unknown when the answer to its final dot is overdue', async () => {
    const slow = await server((piece, connection) => piece.endsWith('\r\n.\r\n') && trickle(connection))
    const outcome = await outcomeAt(slow.port, { timeouts: { dotMs: 80 } })
    expect(outcome).toEqual({ type: 'unknown', cause: 'ETIMEDOUT: no answer in time' })
  })
})

describe('a server that talks nonsense', () => {
  const nonsense: readonly (readonly [string, (connection: RawConnection) => void])[] = [
    ['no reply at all', ({ say }) => say('hello there')],
    ['binary', ({ socket }) => socket.write(Buffer.from([0xff, 0xfe, 0, 1, 13, 10]))],
    ['a line without end', ({ socket }) => socket.write('2'.repeat(100_000))],
    ['a reply without end', ({ socket }) => socket.write('250-more\r\n'.repeat(5_000))],
    ['a reply of long lines', ({ socket }) => socket.write(`250-${'x'.repeat(8_000)}\r\n`.repeat(20))],
    ['a code that changes', ({ say }) => say('250-yes', '550 no')],
    ['another code than any', ({ say }) => say('999 what')],
    ['354 to a command that wants 250', ({ say }) => say('354 go on')],
  ]
  it.each(nonsense)('at MAIL leaves the mail unreached: %s', async (_, say) => {
    const strange = await server((piece, connection) => {
      if (!piece.startsWith('MAIL')) return false
      say(connection)
      return true
    })
    expect(await outcomeAt(strange.port)).toMatchObject({ type: 'unreached', stage: 'mail' })
  })

  it.each(nonsense)('REL-2: after the final dot leaves the mail unknown: %s', async (_, say) => {
    const strange = await server((piece, connection) => {
      if (!piece.endsWith('\r\n.\r\n')) return false
      say(connection)
      return true
    })
    expect(await outcomeAt(strange.port)).toMatchObject({ type: 'unknown' })
  })

  it('is not believed when it answers before it is asked', async () => {
    const eager = await server(() => false, {
      greeting: ['220 raw.test', '250 raw.test', '250 ok', '250 ok', '354 ok', '250 ok'],
    })
    expect(await outcomeAt(eager.port)).toMatchObject({ type: 'unreached', stage: 'greeting' })
  })

  it('keeps the reply of a server that ends a large mail before its end', async () => {
    const strict = await server((piece, { say, socket }) => {
      if (!piece.startsWith('Subject')) return false
      say('552 5.3.4 too large')
      socket.end()
      return true
    })
    const content = Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), Buffer.alloc(4_000_000, `${'x'.repeat(98)}\r\n`)])
    const outcome = await outcomeAt(strict.port, {}, aMail({ content }))
    expect(['refused', 'unreached']).toContain(outcome?.type)
  })
})

describe('STARTTLS', () => {
  it('throws away what was said ahead of the handshake, with the connection (CVE-2011-0411)', async () => {
    const injecting = await server(
      (piece, { say }) => {
        if (!piece.startsWith('STARTTLS')) return false
        say('220 go ahead', '250-raw.test', '250 AUTH PLAIN', '235 welcome')
        return true
      },
      { ehlo: ['250-raw.test', '250 STARTTLS'] },
    )
    expect(await outcomeAt(injecting.port)).toMatchObject({ type: 'unreached', stage: 'tls' })
  })

  it('T22: never gives a password away without it, however the server words its refusal', async () => {
    const bare = await server(() => false, { ehlo: ['250-raw.test', '250 AUTH PLAIN LOGIN'] })
    const url = `smtp://shop:hunter2-secret@127.0.0.1:${bare.port}`
    expect(await outcomeAt(bare.port, { url, requireTls: true })).toMatchObject({ type: 'unreached', stage: 'tls' })
    expect(bare.pieces.flat().join('')).not.toMatch(/AUTH|hunter2/)
  })
})

describe('what a server has announced', () => {
  const extensions = (...list: readonly string[]) => scriptedPeer({ extensions: list })
  const started = async (peer: ReturnType<typeof scriptedPeer>) => {
    const running = await peer
    closers.push(() => running.close())
    return running
  }

  it.each([['250 raw.test'], ['250-raw.test', '250 PIPELINING']])(
    'BLK-1: says of a refused sender that it was none of the recipients (%s)',
    async (...ehlo) => {
      const raw = await server(
        (piece, { say }) => {
          const lines = piece.split('\r\n').filter((line) => line !== '')
          if (!lines[0]?.startsWith('MAIL')) return false
          say(...lines.map((line) => (line.startsWith('MAIL') ? '550 5.1.1 User unknown' : '503 5.5.1 no MAIL')))
          return true
        },
        { ehlo },
      )
      const reply = { code: 550, enhanced: '5.1.1', text: '5.1.1 User unknown' }
      expect(await outcomeAt(raw.port)).toEqual({ type: 'refused', reply, at: 'mail' })
    },
  )

  it('BLK-1: says nothing of the kind when a recipient was refused', async () => {
    const raw = await server((piece, { say }) => {
      if (piece.startsWith('RCPT')) say('550 5.1.1 User unknown')
      return piece.startsWith('RCPT')
    })
    const reply = { code: 550, enhanced: '5.1.1', text: '5.1.1 User unknown' }
    expect(await outcomeAt(raw.port)).toEqual({ type: 'refused', reply })
  })

  it('SIZE: a mail that is too large is refused before it is sent', async () => {
    const peer = await started(extensions('SIZE 1000'))
    const content = Buffer.from(`Subject: x\r\n\r\n${'x'.repeat(900)}\r\n${'y'.repeat(200)}\r\n`)
    const outcome = await outcomeAt(peer.port, {}, aMail({ content }))
    expect(outcome).toMatchObject({ type: 'refused', reply: { code: 552, enhanced: '5.3.4' } })
    expect(await outcomeAt(peer.port)).toMatchObject({ type: 'accepted' })
    expect(peer.commands.filter((command) => command.startsWith('MAIL'))).toEqual([
      'MAIL FROM:<bounce@mail.example> SIZE=24',
    ])
  })

  it('SMTPUTF8: asked for where an address or header needs it, and a refusal where it is not offered (RFC 6531)', async () => {
    const envelope = { from: 'bounce@mail.example', to: ['jürgen@example.org'] }
    const takes = await started(extensions('SMTPUTF8', '8BITMIME'))
    expect(await outcomeAt(takes.port, { smtpUtf8: true }, aMail({ envelope }))).toMatchObject({ type: 'accepted' })
    expect(takes.commands).toContain('MAIL FROM:<bounce@mail.example> SMTPUTF8')
    const bare = await started(extensions())
    const refused = { type: 'refused', reply: { code: 553, enhanced: '5.6.7' } }
    expect(await outcomeAt(bare.port, { smtpUtf8: true }, aMail({ envelope }))).toMatchObject(refused)
    const content = Buffer.from('Subject: Grüße\r\n\r\nBody\r\n')
    expect(await outcomeAt(bare.port, {}, aMail({ content }))).toMatchObject(refused)
    expect(bare.commands.some((command) => command.startsWith('MAIL'))).toBe(false)
  })

  it('DSN: reports are asked for where that is wished and offered, and never for a null sender (RFC 3461)', async () => {
    const takes = await started(extensions('DSN'))
    await outcomeAt(takes.port, { reports: true })
    await outcomeAt(takes.port)
    await outcomeAt(takes.port, { reports: true }, aMail({ envelope: { from: '', to: ['ann@example.org'] } }))
    expect(takes.commands.filter((command) => /^(?:MAIL|RCPT)/.test(command))).toEqual([
      'MAIL FROM:<bounce@mail.example> RET=HDRS',
      'RCPT TO:<ann@example.org> NOTIFY=FAILURE,DELAY',
      'MAIL FROM:<bounce@mail.example>',
      'RCPT TO:<ann@example.org>',
      'MAIL FROM:<> RET=HDRS',
      'RCPT TO:<ann@example.org>',
    ])
    const bare = await started(extensions())
    await outcomeAt(bare.port, { reports: true })
    expect(bare.commands.some((command) => /NOTIFY|RET=/.test(command))).toBe(false)
  })

  it('8BITMIME: declared for 8-bit content, and a refusal where it is not offered (RFC 6152)', async () => {
    const content = Buffer.from('Subject: x\r\n\r\nGrüße\r\n')
    const takes = await started(extensions('8BITMIME'))
    expect(await outcomeAt(takes.port, {}, aMail({ content }))).toMatchObject({ type: 'accepted' })
    expect(takes.commands).toContain('MAIL FROM:<bounce@mail.example> BODY=8BITMIME')
    const bare = await started(extensions())
    expect(await outcomeAt(bare.port, {}, aMail({ content }))).toMatchObject({
      type: 'refused',
      reply: { code: 554, enhanced: '5.6.3' },
    })
  })
})

describe('a login', () => {
  const said = (text: string) => Buffer.from(text, 'base64').toString()
  it('speaks LOGIN where PLAIN is not offered', async () => {
    const answers = ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 welcome']
    const login = await server(
      (piece, { say }) => {
        const next = /^(?:AUTH|[A-Za-z0-9+/]+=*\r\n$)/.test(piece) && !/^(?:EHLO|MAIL|DATA|QUIT)/.test(piece)
        if (next) say(answers.shift() ?? '503 enough')
        return next
      },
      { ehlo: ['250-raw.test', '250 AUTH=LOGIN'] },
    )
    const url = `smtp://shop:pass%20word@127.0.0.1:${login.port}`
    expect(await outcomeAt(login.port, { url })).toMatchObject({ type: 'accepted' })
    const [, auth, user = '', pass = ''] = login.pieces[0] ?? []
    expect([auth?.trim(), said(user), said(pass)]).toEqual(['AUTH LOGIN', 'shop', 'pass word'])
  })

  it('waits for a token no longer than for a server', async () => {
    const oauth = await server(() => false, { ehlo: ['250-raw.test', '250 AUTH XOAUTH2'] })
    const url = `smtp://shop%40mail.example@127.0.0.1:${oauth.port}`
    const accessToken = () => new Promise<string>(() => undefined)
    const outcome = await outcomeAt(oauth.port, { url, accessToken, timeouts: { commandMs: 80 } })
    expect(outcome).toEqual({ type: 'unreached', stage: 'auth', cause: 'ETIMEDOUT: no access token in time' })
  })

  it('asks for a fresh token at each login, and takes its refusal for no bounce (XOAUTH2)', async () => {
    let asked = 0
    const oauth = await server(
      (piece, { say }) => {
        if (piece.startsWith('AUTH XOAUTH2')) say(asked === 1 ? '334 eyJzdGF0dXMiOiI0MDEifQ==' : '235 welcome')
        else if (piece === '\r\n') say('535 5.7.8 token expired')
        else return false
        return true
      },
      { ehlo: ['250-raw.test', '250 AUTH XOAUTH2'] },
    )
    const url = `smtp://shop%40mail.example@127.0.0.1:${oauth.port}`
    const accessToken = async () => `token-${++asked}`
    expect(await outcomeAt(oauth.port, { url, accessToken })).toMatchObject({ type: 'unreached', stage: 'auth' })
    expect(await outcomeAt(oauth.port, { url, accessToken })).toMatchObject({ type: 'accepted' })
    const second = oauth.pieces[1]?.find((piece) => piece.startsWith('AUTH'))?.slice('AUTH XOAUTH2 '.length) ?? ''
    expect(said(second)).toBe('user=shop@mail.example\x01auth=Bearer token-2\x01\x01')
  })
})
