import type { Reply, Stage } from '@mailwright/core'
import type { Wire } from './wire.js'

/** Why no session came of a connection. */
export class HandshakeFailure extends Error {
  readonly stage: Stage
  readonly reply: Reply | null

  constructor(stage: Stage, cause: string, reply: Reply | null = null) {
    super(cause)
    this.stage = stage
    this.reply = reply
  }
}

/** Asks and waits for the answer; null asks nothing, as for the greeting. */
export type Ask = (command: string | null, ms: number) => Promise<Reply>

export const askOver = (wire: Wire): Ask => {
  let answer: (reply: Reply) => void = () => undefined
  let fail: (error: Error) => void = () => undefined
  let early: string | null = null
  let waiting = false
  wire.listen({
    reply(_, read) {
      // Nobody asked: it must not be taken for the answer to what is asked next.
      if (!waiting) early ??= 'the server answered before it was asked'
      else {
        waiting = false
        answer(read())
      }
    },
    lost(cause) {
      early ??= cause
      fail(new Error(cause))
    },
  })
  return (command, ms) =>
    new Promise((resolve, reject) => {
      if (early !== null) return reject(new Error(early))
      answer = resolve
      fail = reject
      waiting = true
      wire.within(ms)
      if (command !== null) wire.write(`${command}\r\n`)
    })
}
