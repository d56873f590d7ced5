import type { Reply, Stage } from '@mailwright/core'
import { askOver, HandshakeFailure } from './ask.js'
import { authenticate } from './authenticate.js'
import { type Features, featuresOf, noFeatures } from './features.js'
import type { SessionOptions } from './session-options.js'
import { tlsOptionsOf } from './tls-options.js'
import type { Wire } from './wire.js'

const said = ({ code, text }: Reply): string => `${code} ${text}`.slice(0, 300)

/** Runs one step and names it when the connection is lost in it. */
const at = async <T>(stage: Stage, step: () => Promise<T>): Promise<T> => {
  try {
    return await step()
  } catch (error) {
    if (error instanceof HandshakeFailure) throw error
    throw new HandshakeFailure(stage, error instanceof Error ? error.message : String(error))
  }
}

/**
 * Greeting, EHLO, STARTTLS and login: everything before the first mail. What the server says here is about us or about itself, never about a mail.
 * @throws HandshakeFailure
 */
export const shakeHands = async (wire: Wire, options: SessionOptions): Promise<Features> => {
  const { ehlo, tls, login, timeouts } = options
  const ask = askOver(wire)

  const hello = async (): Promise<Features> => {
    const reply = await ask(`EHLO ${ehlo}`, timeouts.commandMs)
    if (reply.code === 250) return featuresOf(reply.text)
    if (reply.code < 500) throw new HandshakeFailure('greeting', said(reply), reply)
    const plain = await ask(`HELO ${ehlo}`, timeouts.commandMs)
    if (plain.code !== 250) throw new HandshakeFailure('greeting', said(plain), plain)
    return noFeatures
  }

  let features = await at('greeting', async () => {
    const greeting = await ask(null, timeouts.greetingMs)
    if (greeting.code !== 220) throw new HandshakeFailure('greeting', said(greeting), greeting)
    return hello()
  })
  if (!wire.secure && tls === 'required' && !features.startTls)
    throw new HandshakeFailure('tls', 'the server offers no STARTTLS')
  if (!wire.secure && tls !== 'never' && features.startTls) {
    const reply = await at('tls', () => ask('STARTTLS', timeouts.commandMs))
    if (reply.code === 220) {
      await at('tls', () => wire.upgrade(tlsOptionsOf(options), timeouts.connectMs))
      // RFC 3207 §4.2: all that was said before is forgotten.
      features = await at('greeting', hello)
    } else if (tls === 'required') throw new HandshakeFailure('tls', said(reply), reply)
  }
  if (login !== null) await at('auth', () => authenticate(ask, features, login, timeouts.commandMs))
  wire.within(0)
  return features
}
