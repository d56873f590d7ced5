/** Rows of one chunk have ids that follow from the chunk, so that a settled row is recognised without ever being written before (DESIGN §3). */
export const chunkIdBase = (uuid: string): string => `${uuid.slice(0, 32)}0000`

/** @param offset 0 to 65,535 */
export const messageIdAt = (base: string, offset: number): string =>
  base.slice(0, 32) + offset.toString(16).padStart(4, '0')

/** The ids of all rows of a chunk, in order. */
export const chunkMessageIds = ({
  idBase,
  from,
  to,
}: {
  readonly idBase: string
  readonly from: number
  readonly to: number
}): readonly string[] => Array.from({ length: to - from }, (_, offset) => messageIdAt(idBase, offset))

/**
 * The id of the mail to one recipient of a send follows from that of its request: an event that gives back the Message-ID, which is of the request, finds its mail by the
 * recipient. The last 16 bits count on from where they are, and round, so that the request's own stay random.
 */
export const sentMessageId = (requestId: string, index: number): string =>
  messageIdAt(requestId, (Number.parseInt(requestId.slice(32), 16) + index + 1) % 65_536)

/** The Message-ID header: stable over retries (REL-2). */
export const messageIdHeader = (id: string, domain: string): string => `<${id}@${domain}>`
