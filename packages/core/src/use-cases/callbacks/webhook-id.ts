import { createHash } from 'node:crypto'

/** Names one event to one endpoint: the same over all retries and replays, so that a receiver can tell a repetition (CBK-4). */
export const webhookId = (endpoint: string, eventKey: string): string =>
  `msg_${createHash('sha256').update(`${endpoint}\n${eventKey}`).digest('base64url').slice(0, 27)}`
