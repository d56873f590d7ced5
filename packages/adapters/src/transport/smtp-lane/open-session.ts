import { HandshakeFailure } from './ask.js'
import { shakeHands } from './handshake.js'
import type { Connection } from './incoming.js'
import { Session } from './session.js'
import type { Opened, SessionOptions } from './session-options.js'
import { createWire } from './wire.js'

/**
 * Makes a session of a connection that has just been established: greeting, TLS, login. Whatever goes wrong is an answer; the connection is closed then.
 * Aborted meanwhile it fails at the step it was at.
 */
export const openSession = async (
  connection: Connection,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<Opened> => {
  const wire = createWire(connection)
  const abort = () => connection.socket.destroy(new Error('aborted'))
  const unwatch = options.abortWatch(signal, abort)
  if (signal.aborted) abort()
  try {
    const features = await shakeHands(wire, options)
    return { type: 'open', session: new Session(wire, features, options) }
  } catch (error) {
    wire.destroy()
    if (error instanceof HandshakeFailure)
      return { type: 'failed', stage: error.stage, cause: error.message, reply: error.reply }
    return { type: 'failed', stage: 'greeting', cause: String(error), reply: null }
  } finally {
    unwatch()
  }
}
