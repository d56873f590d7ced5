export interface CallbackRequest {
  /** http or https, as it was saved. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body: string
  /** For all of it: name, connection, answer. */
  readonly timeoutMs: number
}

/** Why there was no answer. `address-refused`: the name stands for an address that must not be connected to (CBK-5). */
export type CallbackFailure =
  | 'dns'
  | 'address-refused'
  | 'connect'
  | 'tls'
  | 'connection-lost'
  | 'no-http'
  | 'timeout'
  | 'aborted'

export type CallbackAnswer =
  | {
      readonly type: 'answered'
      readonly status: number
      /** What the receiver asked for; null if it asked for nothing that can be read. */
      readonly retryAfterSeconds: number | null
    }
  | {
      readonly type: 'failed'
      readonly cause: CallbackFailure
      /** A code such as ECONNREFUSED, never an address. */
      readonly detail: string | null
    }

/**
 * Posts one callback. An implementation follows no redirect, resolves the name once and connects to an address that it has checked, and to no other
 * (CBK-5). Concurrent calls are fine. Never rejects for what the far side does; `aborted` when the signal aborts.
 */
export interface CallbackClient {
  readonly name: string
  post(request: CallbackRequest, signal: AbortSignal): Promise<CallbackAnswer>
}
