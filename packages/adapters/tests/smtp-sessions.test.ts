import { smtp } from '@mailwright/adapters/transport/smtp'
import { type PeerScript, scriptedPeer } from '@mailwright/conformance'
import type { TransportRequest } from '@mailwright/core'
import { afterEach, describe, expect, it } from 'vitest'

const never = new AbortController().signal
const aMail = (id: string): TransportRequest => ({
  id,
  route: null,
  envelope: { from: 'bounce@mail.example', to: ['ann@example.org'] },
  content: Buffer.from('Subject: Hello\r\n\r\nBody\r\n'),
})

const closers: (() => Promise<void>)[] = []
const aPeer = async (script: PeerScript = {}) => {
  const peer = await scriptedPeer(script)
  closers.push(peer.close)
  return peer
}
const open = (options: Parameters<typeof smtp>[0]) => {
  const transport = smtp(options)
  closers.push(transport.close)
  return transport
}

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

describe('an SMTP session', () => {
  it('REL-2: a mail cut off after the final dot is unknown, and is not sent again by the pool', async () => {
    const peer = await aPeer({ dot: 'drop' })
    const { recipients } = await open({ url: `smtp://127.0.0.1:${peer.port}` }).send(aMail('m1'), never)
    expect(recipients).toEqual([{ type: 'unknown', cause: 'ECONNECTION: the server has ended the connection' }])
    expect(peer.taken).toHaveLength(1)
  })

  it('keeps the reply of an acceptance and the queue id it names', async () => {
    const peer = await aPeer({ dot: '250 2.0.0 Ok: queued as 4XyZ12' })
    const { recipients } = await open({ url: `smtp://127.0.0.1:${peer.port}` }).send(aMail('m1'), never)
    const reply = { code: 250, enhanced: '2.0.0', text: '2.0.0 Ok: queued as 4XyZ12' }
    expect(recipients).toEqual([{ type: 'accepted', remoteId: '4XyZ12', reply }])
  })

  it.each([
    { step: 'MAIL', script: { mail: '421 4.7.0 slow down' } },
    { step: 'MAIL, pipelined', script: { mail: '421 4.7.0 slow down', extensions: ['PIPELINING'] } },
    { step: 'RCPT', script: { rcpt: () => '421 4.7.0 slow down' } },
    { step: 'DATA', script: { data: '421 4.7.0 slow down' } },
    { step: 'the final dot', script: { dot: '421 4.7.0 slow down' } },
  ])('TSK-12: keeps the reply of a server that asks to slow down at $step', async ({ step, script }) => {
    const peer = await aPeer(script)
    const { recipients } = await open({ url: `smtp://127.0.0.1:${peer.port}` }).send(aMail('m1'), never)
    const reply = { code: 421, enhanced: '4.7.0', text: '4.7.0 slow down' }
    const at = step.startsWith('MAIL') ? { at: 'mail' } : {}
    expect(recipients).toEqual([{ type: 'refused', reply, ...at }])
  })

  it('DIP-3: greets with the name it is given', async () => {
    const peer = await aPeer()
    await open({ url: `smtp://127.0.0.1:${peer.port}`, localName: 'out1.mail.example' }).send(aMail('m1'), never)
    expect(peer.commands[0]).toBe('EHLO out1.mail.example')
  })

  it('sends an international domain as A-label and asks for no SMTPUTF8', async () => {
    const peer = await aPeer({ extensions: ['SMTPUTF8'] })
    const envelope = { from: 'bounce@mail.example', to: ['ann@bücher.example'] }
    await open({ url: `smtp://127.0.0.1:${peer.port}` }).send({ ...aMail('m1'), envelope }, never)
    expect(peer.commands).toContain('RCPT TO:<ann@xn--bcher-kva.example>')
    expect(peer.commands).toContain('MAIL FROM:<bounce@mail.example>')
  })

  it('sends a quoted local part as it is, commas and spaces included', async () => {
    const peer = await aPeer()
    const envelope = { from: '', to: ['"a, b; c"@example.org'] }
    await open({ url: `smtp://127.0.0.1:${peer.port}` }).send({ ...aMail('m1'), envelope }, never)
    expect(peer.taken[0]?.envelope).toEqual(envelope)
  })

  it('uses a connection again, and another once it has sent its number of mails', async () => {
    const peer = await aPeer()
    const transport = open({ url: `smtp://127.0.0.1:${peer.port}`, connections: 1, maxMessagesPerConnection: 2 })
    for (const id of ['m1', 'm2', 'm3']) await transport.send(aMail(id), never)
    expect(peer.commands.filter((command) => command.startsWith('EHLO'))).toHaveLength(2)
    expect(peer.taken).toHaveLength(3)
  })

  it('sends over a new connection, once, when the server has ended the old one meanwhile', async () => {
    const peer = await aPeer()
    const transport = open({ url: `smtp://127.0.0.1:${peer.port}`, connections: 1 })
    await transport.send(aMail('m1'), never)
    peer.hangUp()
    const { recipients } = await transport.send(aMail('m2'), never)
    expect(recipients).toMatchObject([{ type: 'accepted' }])
    expect(peer.taken).toHaveLength(2)
  })

  it.each([
    { what: 'no STARTTLS where TLS is required', requireTls: true, scheme: 'smtp' },
    { what: 'no TLS where the URL says smtps', requireTls: false, scheme: 'smtps' },
  ])('is unreached at tls when the server offers $what', async ({ requireTls, scheme }) => {
    const peer = await aPeer()
    const transport = open({ url: `${scheme}://127.0.0.1:${peer.port}`, requireTls })
    const { recipients } = await transport.send(aMail('m1'), never)
    expect(recipients).toMatchObject([{ type: 'unreached', stage: 'tls' }])
    expect(peer.taken).toEqual([])
  })

  it('is unreached at auth when the server hides AUTH, so that no mail is refused for want of it', async () => {
    const peer = await aPeer()
    const transport = open({ url: `smtp://shop:secret@127.0.0.1:${peer.port}` })
    const { recipients } = await transport.send(aMail('m1'), never)
    expect(recipients).toMatchObject([{ type: 'unreached', stage: 'auth' }])
    expect(peer.commands.some((command) => command.startsWith('MAIL'))).toBe(false)
  })

  it('sends nothing more once closed, and closes without ever having been used', async () => {
    const unused = smtp({ url: 'smtp://127.0.0.1:9' })
    await unused.close()
    await expect(unused.send(aMail('m1'), never)).rejects.toMatchObject({ code: 'SERVICE_STOPPED' })
  })
})
