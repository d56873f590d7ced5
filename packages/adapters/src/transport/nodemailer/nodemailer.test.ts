import { generateKeyPairSync } from 'node:crypto'
import type { TransportRequest } from '@mailwright/core'
import fc from 'fast-check'
import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { checkEnvelope } from '../smtp-lane/check-envelope.js'
import { fromNodemailer, type RawMail } from './index.js'
import { readReply, remoteIdOf } from './read-reply.js'

const never = new AbortController().signal
const aMail = (...to: string[]): TransportRequest => ({
  id: 'm1',
  route: null,
  envelope: { from: 'bounce@mail.example', to },
  content: Buffer.from('Subject: Hello\r\nFrom: a@mail.example\r\n\r\nBody\r\n'),
})

/** A transporter of another make: no plugins, so nothing can be seen of how far it came. */
const opaque = (answer: (mail: RawMail) => unknown) => ({ sendMail: async (mail: RawMail) => answer(mail) })
const failing = (fields: object) => opaque(() => Promise.reject(Object.assign(new Error('it broke'), fields)))

const outcomes = async (transporter: Parameters<typeof fromNodemailer>[0], ...to: string[]) =>
  (await fromNodemailer(transporter).send(aMail(...to), never)).recipients

describe('fromNodemailer', () => {
  it.each([
    [{ code: 'EDNS' }, { type: 'unreached', stage: 'dns' }],
    [
      { code: 'ESOCKET', syscall: 'connect' },
      { type: 'unreached', stage: 'connect' },
    ],
    [
      { code: 'ETIMEDOUT', timeoutType: 'CONNECT_TIMEOUT' },
      { type: 'unreached', stage: 'connect' },
    ],
    [
      { code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' },
      { type: 'unreached', stage: 'greeting' },
    ],
    [{ code: 'ETLS' }, { type: 'unreached', stage: 'tls' }],
    [
      { code: 'EAUTH', response: '535 5.7.8 wrong' },
      { type: 'unreached', stage: 'auth' },
    ],
    [
      { code: 'EENVELOPE', response: '550 5.1.1 no' },
      { type: 'refused', reply: { code: 550, enhanced: '5.1.1' } },
    ],
    [
      { code: 'EENVELOPE', command: 'MAIL FROM', response: '550 5.1.1 no' },
      { type: 'refused', at: 'mail' },
    ],
    [{ code: 'ECONNECTION' }, { type: 'unknown' }],
    [{ code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }, { type: 'unknown' }],
  ])('reads what an error proves of a transporter it cannot look into: %j', async (fields, outcome) => {
    expect(await outcomes(failing(fields), 'ann@example.org')).toMatchObject([outcome])
  })

  it('T22: keeps of a refused login the codes, whatever the server repeats of it', async () => {
    const said = '535 5.7.8 no user shop with the password hunter2'
    const [outcome] = await outcomes(failing({ code: 'EAUTH', message: said, response: said }), 'ann@example.org')
    expect(outcome).toEqual({ type: 'unreached', stage: 'auth', cause: 'EAUTH: not logged in 535 5.7.8' })
  })

  it('DLV-5: puts headers for the relay before the mail, with or without a look at the content', async () => {
    for (const direct of [false, true]) {
      const transporter = createTransport({ streamTransport: true, buffer: true })
      const seen: string[] = []
      const watched = opaque(async (mail) => {
        const info = await transporter.sendMail(mail)
        seen.push(String(info.message))
        return { ...info, response: '250 ok' }
      })
      const headersFor = (id: string) => ({ 'X-PM-Metadata-message': id })
      await fromNodemailer(watched, { direct, headersFor }).send(aMail('ann@example.org'), never)
      expect(seen).toEqual([`X-PM-Metadata-message: m1\r\n${aMail('ann@example.org').content}`])
    }
  })

  it('throws ADAPTER_FAILED for what is no matter of the mail', async () => {
    const failure = outcomes(failing({ code: 'ECONFIG' }), 'ann@example.org')
    await expect(failure).rejects.toMatchObject({ code: 'ADAPTER_FAILED', details: { reason: 'ECONFIG' } })
  })

  it('finds the refused among the accepted without a probe too', async () => {
    const rejectedErrors = [{ recipient: 'bob@example.org', response: '452 4.2.2 full' }]
    const info = { response: '250 ok', rejected: ['bob@example.org', 'eve@example.org'], rejectedErrors }
    const found = await outcomes(
      opaque(() => info),
      'ann@example.org',
      'bob@example.org',
      'eve@example.org',
    )
    expect(found).toMatchObject([
      { type: 'accepted', remoteId: null, reply: { code: 250 } },
      { type: 'refused', reply: { code: 452, enhanced: '4.2.2' } },
      { type: 'refused', reply: { code: 450 } },
    ])
  })

  it('takes the id of a provider that answers without SMTP', async () => {
    const info = { messageId: '<0100@email.amazonses.com>', response: '0100' }
    expect(
      await outcomes(
        opaque(() => info),
        'ann@example.org',
      ),
    ).toEqual([{ type: 'accepted', remoteId: '<0100@email.amazonses.com>', reply: null }])
  })

  it('forbids files and URLs, and hands over the very bytes', async () => {
    const seen: RawMail[] = []
    const mail = aMail('ann@example.org')
    await fromNodemailer(opaque((given) => seen.push(given))).send(mail, never)
    expect(seen[0]).toMatchObject({ disableFileAccess: true, disableUrlAccess: true })
    expect(seen[0]?.raw.buffer).toBe(mail.content.buffer)
  })

  it('answers an abort at once, though the transporter goes on', async () => {
    const abort = new AbortController()
    const transport = fromNodemailer(opaque(() => new Promise(() => undefined)))
    const sending = transport.send(aMail('ann@example.org'), abort.signal)
    abort.abort()
    expect((await sending).recipients).toMatchObject([{ type: 'unknown' }])
  })

  it("lets the transporter's DKIM key and plugins see the mail, and leaves the host's other mail alone", async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const dkim = { domainName: 'mail.example', keySelector: 's1', privateKey: pem }
    const transporter = createTransport({ streamTransport: true, buffer: true, dkim })
    const messages: string[] = []
    const send = transporter.sendMail.bind(transporter)
    transporter.sendMail = ((mail: RawMail) =>
      send(mail as never).then((info) => {
        messages.push(String(info.message))
        return info
      })) as never
    await fromNodemailer(transporter).send(aMail('ann@example.org'), never)
    expect(messages[0]).toMatch(/^DKIM-Signature: v=1;[\s\S]*\r\n\r\nBody\r\n$/)
    const own = await send({ from: 'a@mail.example', to: 'b@example.org', text: 'own', raw: 'Subject: own\r\n\r\n' })
    expect(own.envelope).toEqual({ from: 'a@mail.example', to: ['b@example.org'] })
  })

  it("does not close the host's transporter unless told so", async () => {
    let closes = 0
    const transporter = { ...opaque(() => ({})), close: () => void closes++ }
    await fromNodemailer(transporter).close()
    expect(closes).toBe(0)
    const owned = fromNodemailer(transporter, { closeTransporter: true })
    await owned.close()
    expect(closes).toBe(1)
    await expect(owned.send(aMail('ann@example.org'), never)).rejects.toMatchObject({ code: 'SERVICE_STOPPED' })
  })
})

describe('the last look at an envelope', () => {
  const check = (address: string, smtpUtf8 = false) => checkEnvelope({ from: '', to: [address] }, smtpUtf8).to[0]

  it.each([
    'ann@example.org',
    '"a b, c"@example.org',
    '"a\\"b"@example.org',
    '"a@b"@example.org',
    "o'hara+x@[192.0.2.1]",
  ])('passes %s unchanged', (address) => {
    expect(check(address)).toBe(address)
  })

  it.each([
    '',
    'ann',
    '@example.org',
    'ann@',
    'a@b@c',
    '"open@example.org',
    'a b@c.test',
    'a,b@c.test',
    '<a@b.test>',
    '"a<b"@c.test',
  ])('refuses %j and does not repeat it', (address) => {
    const fault = expect.objectContaining({
      code: 'ADDRESS_INVALID',
      details: expect.objectContaining({ field: 'envelope.to[0]' }),
    })
    expect(() => check(address)).toThrowError(fault)
  })

  it('takes a local part beyond ASCII only with smtpUtf8', () => {
    expect(() => check('姓名@example.org')).toThrowError(expect.objectContaining({ code: 'ADDRESS_INVALID' }))
    expect(check('姓名@example.org', true)).toBe('姓名@example.org')
  })

  it('lets no control character and no second mailbox through, whatever stands around it (T1)', () => {
    const piece = fc.constantFrom(
      'a',
      '@',
      '"',
      '\\',
      '.',
      'b.test',
      '\r\n',
      '\n',
      '\0',
      ' ',
      ',',
      ';',
      '<',
      '>',
      '\x7f',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const address = pieces.join('')
        let passed: string | undefined
        try {
          passed = check(address)
        } catch {
          return
        }
        const outside = address.replace(/"(?:[^"\\]|\\.)*"/g, '')
        expect(passed).toBe(address)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
        expect(/[\x00-\x1f\x7f<>]/.test(address)).toBe(false)
        expect(/[ ,;]/.test(outside)).toBe(false)
      }),
    )
  })

  it('refuses an envelope without recipients', () => {
    expect(() => checkEnvelope({ from: '', to: [] }, false)).toThrowError(
      expect.objectContaining({ code: 'ADDRESS_INVALID' }),
    )
  })
})

describe('a reply', () => {
  it.each([
    ['550 5.1.1 no', { code: 550, enhanced: '5.1.1', text: '5.1.1 no' }],
    ['451', { code: 451, enhanced: null, text: '' }],
    ['550-5.7.26 a\n550 5.7.26 b', { code: 550, enhanced: '5.7.26', text: '5.7.26 a\n5.7.26 b' }],
    ['not a reply', null],
    [undefined, null],
  ])('%j', (response, reply) => {
    expect(readReply(response)).toEqual(reply)
  })

  it('is cut at 2,000 characters', () => {
    expect(readReply(`550 ${'x'.repeat(5_000)}`)?.text).toHaveLength(2_000)
  })

  it('may name a queue id', () => {
    const named = ['2.0.0 Ok: queued as 4XyZ12', 'OK id=1abc-00-xyz', 'queued as <m1@h.test>', 'fine'].map((text) =>
      remoteIdOf({ code: 250, enhanced: null, text }),
    )
    expect(named).toEqual(['4XyZ12', '1abc-00-xyz', 'm1@h.test', null])
  })
})
