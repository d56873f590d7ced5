import type { CallbackAnswer, CallbackClient, CallbackRequest } from '@mailwright/core'

export interface CaptureCallbackClientOptions {
  /** What a receiver answers; 204 if left out. */
  readonly answer?: (request: CallbackRequest) => CallbackAnswer | Promise<CallbackAnswer>
  /** Default true. false: nothing is kept in `posted`, for runs of any length. */
  readonly keep?: boolean
}

export interface CapturedCallback {
  readonly request: CallbackRequest
  readonly answer: CallbackAnswer
  /** The body, parsed. */
  readonly event: Readonly<Record<string, unknown>>
  /** The header `webhook-id`. */
  readonly id: string
}

export interface CaptureCallbackClient extends CallbackClient {
  /** Everything that was posted, pings too, in the order of the answers. */
  readonly posted: readonly CapturedCallback[]
  clear(): void
}

/** An answer with a status. */
export const answered = (status: number, retryAfterSeconds: number | null = null): CallbackAnswer => ({
  type: 'answered',
  status,
  retryAfterSeconds,
})

/** Keeps callbacks in memory instead of posting them, for tests: each is answered as a test says. */
export function captureCallbackClient({
  answer = () => answered(204),
  keep = true,
}: CaptureCallbackClientOptions = {}): CaptureCallbackClient {
  const posted: CapturedCallback[] = []
  return {
    name: 'capture',
    async post(request, signal) {
      if (signal.aborted) return { type: 'failed', cause: 'aborted', detail: null }
      const given = await answer(request)
      if (!keep) return given
      const id = request.headers['webhook-id'] ?? ''
      posted.push({ request, answer: given, event: JSON.parse(request.body), id })
      return given
    },
    posted,
    clear() {
      posted.length = 0
    },
  }
}
