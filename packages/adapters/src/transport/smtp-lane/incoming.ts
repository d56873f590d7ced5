import type { OnReadOpts, Socket } from 'node:net'

/** Room for the replies to some dozens of mails. */
const BLOCK = 4_096

/**
 * The bytes that come in on one TCP connection, all by way of one block and past the stream: a stream takes a new block of 64 KB for each piece, and costs more
 * than the few replies to a mail.
 */
export interface Incoming {
  /** For `net.connect`. */
  readonly onread: OnReadOpts
  /** Who gets them. They are read at once, and what is to be kept is copied. */
  deliverTo(take: ((bytes: Buffer) => void) | null): void
}

export interface Connection {
  readonly socket: Socket
  /** null: they come out of the stream. */
  readonly incoming: Incoming | null
}

export const createIncoming = (): Incoming => {
  const block = Buffer.allocUnsafeSlow(BLOCK)
  let taker: ((bytes: Buffer) => void) | null = null
  return {
    onread: {
      buffer: block,
      callback: (octets) => {
        taker?.(block.subarray(0, octets))
        return true
      },
    },
    deliverTo(take) {
      taker = take
    },
  }
}
