/** What an id is for. Ids of messages, requests and chunks are UUIDv7, so that they sort by the time they were made. */
export type IdKind = 'message' | 'request' | 'work' | 'record' | 'token' | 'event'

/** The only source of identity and randomness. */
export interface Ids {
  /** A new id, unique across processes, with at least 62 random bits. */
  next(kind: IdKind): string
  /** Cryptographically strong random bytes. */
  bytes(length: number): Uint8Array
}
