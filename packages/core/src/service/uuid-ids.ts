import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Ids } from '../ports/ids.js'

/** UUIDv7 for everything, so that ids of messages, requests and records sort by the time they were made. */
export const uuidIds = (): Ids => ({ next: () => uuidv7(), bytes: (length) => randomBytes(length) })
