import { getEventListeners, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { sesTransport } from '@mailwright/adapters/provider/ses'
import { type ReceivedMail, transportConformance } from '@mailwright/conformance'
import { afterEach, describe, expect, it } from 'vitest'

interface Answer {
  readonly status: number
  readonly type?: string
  readonly body?: object
}

const taken: Answer = { status: 200, body: { MessageId: '0102-ses' } }
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** An endpoint that answers as SES does; null: the connection is cut after the request was read. */
const fakeSes = async (answer: () => Answer | null = () => taken) => {
  const received: ReceivedMail[] = []
  const inputs: { EmailTags?: unknown; ConfigurationSetName?: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const input = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const given = answer()
    if (given === null) return void request.socket.destroy()
    inputs.push(input)
    if (given.status === 200) received.push({ envelope: null, content: Buffer.from(input.Content.Raw.Data, 'base64') })
    response.writeHead(given.status, { 'content-type': 'application/json', 'x-amzn-errortype': given.type ?? '' })
    response.end(JSON.stringify(given.body ?? { message: 'because' }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = new SESv2Client({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'made-up' },
    maxAttempts: 1,
  })
  const dispose = async () => {
    client.destroy()
    server.closeAllConnections()
    server.close()
  }
  return { client, received: async () => received, inputs, dispose, server }
}

const request = {
  id: '0190a000-0000-7000-8000-000000000001',
  envelope: { from: 'bounce@mail.example', to: ['ann@example.org'] },
  content: Buffer.from('Subject: Hello\r\n\r\nHello.\r\n'),
  route: null,
}
const never = new AbortController().signal

const outcomeWith = async (answer: () => Answer | null) => {
  const { client, dispose } = await fakeSes(answer)
  closers.push(dispose)
  return (await sesTransport({ client }).send(request, never)).recipients[0]
}

describe('Amazon SES with its own SDK', () => {
  transportConformance({
    runner: { describe, it, expect },
    create: async () => {
      const { client, received, dispose } = await fakeSes()
      return { transport: sesTransport({ client }), received, dispose }
    },
    skip: [{ id: 'transport/refusal-is-a-value', reason: 'SES takes or refuses a call whole' }],
  })

  it('DLV-5: our id travels in a tag, by the configuration set that leads to the events', async () => {
    const { client, inputs, dispose } = await fakeSes()
    closers.push(dispose)
    await sesTransport({ client, configurationSet: 'mail' }).send(request, never)
    expect(inputs[0]).toMatchObject({
      EmailTags: [{ Name: 'message', Value: request.id }],
      ConfigurationSetName: 'mail',
    })
  })

  it('TSK-12: throttling is a 421 that makes the provider rest', async () => {
    expect(await outcomeWith(() => ({ status: 429, type: 'TooManyRequestsException' }))).toMatchObject({
      type: 'refused',
      reply: { code: 421, enhanced: '4.7.0' },
    })
  })

  it.each([
    ['MessageRejected', 400, { type: 'refused', reply: { code: 554, enhanced: '5.7.0' } }],
    ['MailFromDomainNotVerifiedException', 400, { type: 'refused', reply: { code: 554 } }],
    ['AccountSuspendedException', 400, { type: 'unreached', stage: 'auth' }],
    ['SendingPausedException', 400, { type: 'unreached', stage: 'auth' }],
    ['UnrecognizedClientException', 403, { type: 'unreached', stage: 'auth' }],
    ['InternalServiceErrorException', 500, { type: 'unknown' }],
  ] as const)('tells the truth about %s', async (type, status, outcome) => {
    expect(await outcomeWith(() => ({ status, type }))).toMatchObject(outcome)
  })

  it('REL-2: a connection lost after the request is unknown, one never made is unreached', async () => {
    expect(await outcomeWith(() => null)).toMatchObject({ type: 'unknown' })
    const { client, server, dispose } = await fakeSes()
    closers.push(dispose)
    server.close()
    await once(server, 'close')
    expect((await sesTransport({ client }).send(request, never)).recipients).toMatchObject([
      { type: 'unreached', stage: 'connect' },
    ])
  })

  it('REL-2: an abort after the request was read is unknown', async () => {
    const stop = new AbortController()
    const { client, dispose } = await fakeSes(() => {
      stop.abort()
      return null
    })
    closers.push(dispose)
    expect((await sesTransport({ client }).send(request, stop.signal)).recipients).toMatchObject([{ type: 'unknown' }])
  })

  it('leaves no listener on a signal that outlives the call', async () => {
    const { client, dispose } = await fakeSes()
    closers.push(dispose)
    const { signal } = new AbortController()
    const transport = sesTransport({ client })
    for (let sent = 0; sent < 3; sent++) await transport.send(request, signal)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('refuses a client that would repeat an unanswered call by itself', async () => {
    const client = new SESv2Client({ region: 'eu-west-1' })
    await expect(sesTransport({ client }).send(request, never)).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
  })
})
