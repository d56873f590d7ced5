import { connect } from 'node:net'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { smtpIntake } from '@mailwright/adapters/intake/smtp'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { directMx } from '@mailwright/adapters/transport/direct-mx'
import { routeTransport } from '@mailwright/adapters/transport/route'
import { smtp } from '@mailwright/adapters/transport/smtp'
import type { RecipientOutcome, SourceRoute } from '@mailwright/core'
import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { aDsn, returnPathOf } from '../e2e/a-notice.js'
import { blabs } from './blab.js'
import { contents, hits, secrets } from './canaries.js'
import { aCanaryService, personOf, sendAndSettle } from './canary-mails.js'
import { echoServer } from './echo-server.js'
import { aWitness, watchStreams } from './witness.js'

watchStreams()
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const HOST = 'readers.example'
const never = new AbortController().signal
const aMail = (route: SourceRoute | null = null) => ({
  id: 'm1',
  route,
  envelope: { from: personOf('copied'), to: [personOf('recipient')] },
  content: Buffer.from(`Subject: ${contents.subject}\r\n\r\n${contents.body}\r\n`),
})
const ofRelay = (relay: string): SourceRoute => ({ ip: '192.0.2.2', ehlo: 'two.mail.example', relay })
const everything = Object.values({ ...contents, ...secrets }).join(' ')

describe('what an adapter says to the logger that the host has given it', () => {
  it('T23: relay-unreached and route-unknown, whatever a relay says', async () => {
    const witness = aWitness()
    const echo = await echoServer('AUTH')
    closers.push(() => echo.server.close())
    const url = `smtp://shop:${encodeURIComponent(secrets.smtpPassword)}@127.0.0.1:${echo.server.port}`
    const answering = (outcome: RecipientOutcome) => captureTransport({ answer: () => outcome })
    const reply = { code: 535, enhanced: '5.7.8', text: `5.7.8 ${everything}` }
    const relays = {
      real: smtp({ url }),
      refusing: answering({ type: 'refused', reply }),
      lost: answering({ type: 'unreached', stage: 'connect', cause: `ECONNRESET: ${everything}` }),
    }
    const transport = routeTransport({ default: captureTransport(), relays, logger: witness.logger })
    closers.push(() => transport.close())
    for (const relay of [...Object.keys(relays), 'west']) await transport.send(aMail(ofRelay(relay)), never)
    expect(witness.events).toEqual([...Array(3).fill('relay-unreached'), 'route-unknown'])
    for (const word of ['real', 'refusing', 'lost', 'west', '535', 'ECONNRESET']) expect(witness.text()).toContain(word)
    expect(hits(witness.text())).toEqual([])
  })

  it('T23: mta-sts-policy-missing and mta-sts-would-refuse, whatever a policy server says; DNS that fails', async () => {
    const witness = aWitness()
    const echo = await echoServer('RCPT')
    closers.push(() => echo.server.close())
    const dns = fixedDns({
      [HOST]: { mx: [{ preference: 10, exchange: 'mx.readers.example' }] },
      'mx.readers.example': { address: ['127.0.0.1'] },
      [`_mta-sts.${HOST}`]: { txt: ['v=STSv1; id=1'] },
    })
    const policies = [
      { type: 'failed', cause: everything },
      { type: 'fetched', text: everything },
      { type: 'fetched', text: `version: STSv1\nmode: testing\nmx: mx.${contents.link}.example\nmax_age: 86400\n` },
    ] as const
    for (const policy of policies) {
      const options = { dns, port: echo.server.port, allowPrivateNetworks: true, logger: witness.logger }
      const transport = directMx({ ...options, fetchPolicy: async () => policy })
      closers.push(() => transport.close())
      expect((await transport.send(aMail(), never)).recipients).toMatchObject([{ type: 'refused' }])
    }
    expect([...new Set(witness.events)]).toEqual(['mta-sts-policy-missing', 'mta-sts-would-refuse'])
    const failing = { ...dns, mx: async () => ({ type: 'unreachable' as const, cause: everything }) }
    const transport = directMx({ dns: failing, logger: witness.logger })
    const service = await aCanaryService(witness, { transport })
    await sendAndSettle(service, witness)
    await service.mail.stop({ drainMs: 100 })
    expect(hits(witness.text())).toEqual([])
  })

  it('T23: intake-not-stored and intake-connection, whatever is thrown', async () => {
    const witness = aWitness()
    const service = await aCanaryService(witness)
    await sendAndSettle(service, witness)
    const { mail, transport } = service
    const thrown = Object.values(blabs)
    const left = [...thrown]
    const ingest = {
      takes: mail.ingest.takes,
      mail: (...given: readonly unknown[]) => Promise.reject(left.pop()?.(given)),
    }
    const intake = smtpIntake({ mail: { ingest }, port: 0, host: '127.0.0.1', logger: witness.logger })
    const { port } = await intake.start()
    closers.push(() => intake.stop())
    const path = returnPathOf(transport.messages[0])
    const client = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
    const raw = Buffer.from(aDsn(path, { recipient: personOf('recipient'), diagnostic: `smtp; 550 ${contents.body}` }))
    for (const _ of thrown)
      await expect(client.sendMail({ envelope: { from: '', to: [path] }, raw })).rejects.toMatchObject({
        responseCode: 451,
      })
    expect(left).toEqual([])
    const socket = connect(port, '127.0.0.1')
    await new Promise((resolve) => socket.once('data', resolve))
    socket.write(`EHLO x\r\nMAIL FROM:<${personOf('recipient')}>\r\nRCPT TO:<${path}>\r\nDATA\r\n${contents.body}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
    socket.resetAndDestroy()
    await vi.waitFor(() =>
      expect(witness.events).toEqual(expect.arrayContaining(['intake-not-stored', 'intake-connection'])),
    )
    expect(hits(witness.text())).toEqual([])
  })
})
