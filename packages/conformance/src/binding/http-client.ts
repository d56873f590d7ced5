import { once } from 'node:events'
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: Uint8Array | string
  readonly agent?: Agent
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** The answer came on a connection that had served another before. */
  readonly reused: boolean
}

/** A request that is written piece by piece. node:http, since fetch can neither break off in the middle nor repeat a header. */
export function openRequest(url: string, { method = 'GET', headers = {}, agent }: Asked = {}): ClientRequest {
  const raw = Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]])
  return httpRequest(url, { method, headers: Object.fromEntries(raw), ...(agent ? { agent } : { agent: false }) })
}

export async function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response
}

export async function wholeOf(response: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of response) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** Asks and waits for the whole answer. */
export async function ask(url: string, asked: Asked = {}): Promise<Answered> {
  const request = openRequest(url, asked)
  const answered = answerOf(request)
  request.end(asked.body)
  const response = await answered
  // A server that has answered may hang up on what is still being written.
  request.on('error', () => undefined)
  const body = await wholeOf(response)
  return { status: response.statusCode ?? 0, headers: response.headers, body, reused: request.reusedSocket }
}

/** One connection, kept. */
export const oneConnection = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 })

/**
 * Whether it happens while the server answers some hundred others. What a server hears of a client that leaves comes before the answers to those who ask
 * later, but not to the very next one.
 */
export async function happensSoon(url: string, happened: () => boolean): Promise<boolean> {
  for (let round = 0; round < 300 && !happened(); round += 1) await ask(url)
  return happened()
}
