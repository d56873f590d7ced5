import { vi } from 'vitest'

/** A request whose body never comes. `answeredAfter` lets so much of a fake time pass once somebody waits for the body. */
export function aStalledRequest(url: string, headers: Readonly<Record<string, string>> = {}) {
  let tell: () => void = () => undefined
  const waitedFor = new Promise<void>((resolve) => {
    tell = resolve
  })
  const body = new ReadableStream({ pull: () => tell() }, { highWaterMark: 0 })
  const request = new Request(url, { method: 'POST', headers: { ...headers }, body, duplex: 'half' })
  const answeredAfter = async (ms: number, handle: (request: Request) => Promise<Response>) => {
    vi.useFakeTimers()
    try {
      const answered = handle(request)
      await waitedFor
      await vi.advanceTimersByTimeAsync(ms)
      const response = await answered
      return { response, timers: vi.getTimerCount() }
    } finally {
      vi.useRealTimers()
    }
  }
  return { answeredAfter }
}
