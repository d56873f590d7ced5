import type { Socket } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import type { Reply, Stage } from '@mailwright/core'
import { type Conversation, conversation } from './conversation.js'
import { type Features, featuresOf, noFeatures } from './features.js'
import { createSession, type Session } from './session.js'
import type { Timeouts } from './timeouts.js'

export interface SessionTarget {
  /** The name that TLS asks for, and that a verified certificate is for. */
  readonly host: string
  readonly ehlo: string
  readonly tls: 'never' | 'opportunistic' | 'required' | 'verified'
  readonly tlsOptions: ConnectionOptions
  readonly timeouts: Timeouts
  readonly maxMessages: number
}

export type OpenedSession =
  | { readonly type: 'open'; readonly session: Session }
  | { readonly type: 'failed'; readonly stage: Stage; readonly cause: string; readonly reply: Reply | null }

interface Failure {
  readonly stage: Stage
  readonly reply: Reply | null
}

const isPositive = ({ code }: Reply): boolean => code >= 200 && code < 300

const hello = async (talk: Conversation, { ehlo, timeouts }: SessionTarget): Promise<Features | Failure> => {
  talk.write(`EHLO ${ehlo}\r\n`)
  const reply = await talk.next(timeouts.commandMs)
  if (reply === null) return { stage: 'greeting', reply }
  if (isPositive(reply)) return featuresOf(reply)
  talk.write(`HELO ${ehlo}\r\n`)
  const old = await talk.next(timeouts.commandMs)
  return old !== null && isPositive(old) ? noFeatures : { stage: 'greeting', reply: old ?? reply }
}

const introduce = async (talk: Conversation, target: SessionTarget): Promise<Features | Failure> => {
  const { host, tls, tlsOptions, timeouts } = target
  const greeting = await talk.next(timeouts.greetingMs)
  if (greeting === null || greeting.code !== 220) return { stage: 'greeting', reply: greeting }
  const plain = await hello(talk, target)
  if ('stage' in plain || tls === 'never') return plain
  if (!plain.starttls) return tls === 'opportunistic' ? plain : { stage: 'tls', reply: null }
  talk.write('STARTTLS\r\n')
  const ready = await talk.next(timeouts.commandMs)
  if (ready !== null && ready.code !== 220) return tls === 'opportunistic' ? plain : { stage: 'tls', reply: ready }
  const options = { ...tlsOptions, rejectUnauthorized: tls === 'verified' }
  if (ready === null || !(await talk.upgrade(host, options, timeouts.tlsMs))) return { stage: 'tls', reply: null }
  // What was announced in the clear counts for nothing (RFC 3207 §4.2).
  return hello(talk, target)
}

const causeOf = ({ stage, reply }: Failure, { cause }: Conversation): string => {
  if (reply !== null) return `${reply.code} ${reply.text}`.slice(0, 300)
  if (cause !== '') return cause
  return stage === 'tls' ? 'TLS is required and the server offers none' : 'failed'
}

/** Greets the server at the other end of a connection and goes over to TLS as far as the target asks for it. Owns the socket from here on. */
export const openSession = async (
  socket: Socket,
  target: SessionTarget,
  signal: AbortSignal,
): Promise<OpenedSession> => {
  const talk = conversation(socket)
  const abort = () => talk.lose('aborted')
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  const features = await introduce(talk, target)
  signal.removeEventListener('abort', abort)
  if (!('stage' in features)) return { type: 'open', session: createSession(talk, features, target) }
  const failed = { type: 'failed', ...features, cause: causeOf(features, talk) } as const
  talk.write('QUIT\r\n')
  talk.lose('not wanted')
  return failed
}
