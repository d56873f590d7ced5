import type { OnReadOpts, Socket } from 'node:net'

/** Room for the replies to some dozens of mails. */
const BLOCK = 4_096

/**
 * The bytes that come in on one connection, all by way of one block and past the stream: a stream takes a new block of 64 KB for each piece, and costs more
 * than the few replies to a mail.
 */
export interface Incoming {
  /** For `net.connect` and `tls.connect`. */
  readonly onread: OnReadOpts
  /** Who gets them, also those that have come before. They are read at once, and what is to be kept is copied. */
  deliverTo(take: (bytes: Buffer) => void): void
}

export interface Connection {
  readonly socket: Socket
  /** null: they come out of the stream. */
  readonly incoming: Incoming | null
}

export const createIncoming = (): Incoming => {
  const block = Buffer.allocUnsafeSlow(BLOCK)
  let early: Buffer = Buffer.alloc(0)
  let taker = (bytes: Buffer): void => {
    early = Buffer.concat([early, bytes])
  }
  return {
    onread: {
      buffer: block,
      callback: (octets) => {
        taker(block.subarray(0, octets))
        return true
      },
    },
    deliverTo(take) {
      taker = take
      if (early.length > 0) take(early)
      early = Buffer.alloc(0)
    },
  }
}
