import { isMailError } from '@mailwright/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BodyLimits, limitedBody } from './request-body.js'

const bounds = { maxBytes: 10, withinMs: 1_000 }

type Controller = ReadableStreamDefaultController<Uint8Array>

/** A request whose body comes as `pull` gives it. */
function posted(pull: (controller: Controller) => void | Promise<void>, headers: Record<string, string> = {}) {
  let cancelled = false
  const cancel = () => {
    cancelled = true
  }
  const body = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 })
  const request = new Request('https://app.example/', { method: 'POST', body, headers, duplex: 'half' })
  return { request, wasCancelled: () => cancelled }
}

/** What came of it, and how it ended. */
async function reading(request: Request, limits: BodyLimits): Promise<readonly [string, unknown]> {
  let text = ''
  try {
    for await (const piece of limitedBody({ request, body: () => request.body }, limits))
      text += Buffer.from(piece).toString()
    return [text, 'whole']
  } catch (error) {
    return [text, isMailError(error) ? (error.details.end ?? error.code) : error]
  }
}

describe('the body of a stranger', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('is read whole within the bounds', async () => {
    const request = (body: string) => new Request('https://app.example/', { method: 'POST', body })
    expect(await reading(request('0123456789'), bounds)).toEqual(['0123456789', 'whole'])
    expect(await reading(request(''), bounds)).toEqual(['', 'whole'])
    expect(await reading(new Request('https://app.example/'), bounds)).toEqual(['', 'whole'])
  })

  it('T29: is given up when it is too long, by what it says or by what comes', async () => {
    const pull = (controller: Controller) => controller.enqueue(Buffer.from('0123456'))
    const endless = posted(pull)
    expect(await reading(endless.request, bounds)).toEqual(['0123456', 'BODY_TOO_LARGE'])
    expect(endless.wasCancelled()).toBe(true)
    const declared = posted(pull, { 'content-length': '11' })
    expect(await reading(declared.request, bounds)).toEqual(['', 'BODY_TOO_LARGE'])
  })

  it('T29: is given up when its last byte is late, however steadily they come', async () => {
    let late = false
    const slow = posted(
      (controller) =>
        new Promise<void>((resolve) => {
          const send = () => {
            if (!late) controller.enqueue(Buffer.from('x'))
            resolve()
          }
          setTimeout(send, 300)
        }),
    )
    const given = reading(slow.request, bounds)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await given).toEqual(['xxx', 'too-slow'])
    expect(slow.wasCancelled()).toBe(true)
    late = true
    await vi.advanceTimersByTimeAsync(300)
  })

  it('is what came of it when the sender leaves', async () => {
    let count = 0
    const left = posted((controller) => {
      count += 1
      if (count === 1) controller.enqueue(Buffer.from('x'))
      else controller.error(new Error('gone'))
    })
    expect(await reading(left.request, bounds)).toEqual(['x', 'broken-off'])
  })
})
