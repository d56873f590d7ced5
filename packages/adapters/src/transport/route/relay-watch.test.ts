import type { RecipientOutcome, TransportResult } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { watchRelay } from './relay-watch.js'

const result = (outcome: RecipientOutcome): TransportResult => ({ recipients: [outcome] })
const down = result({ type: 'unreached', stage: 'greeting', cause: 'ECONNRESET' })
const accepted = result({ type: 'accepted', remoteId: null, reply: null })

describe('a relay that does not answer', () => {
  it('is left alone for 15 s, 30 s … 10 min, from failure to failure, and from 15 s again once it has answered', () => {
    let now = 0
    const watch = watchRelay(
      'east',
      () => now,
      () => undefined,
    )
    const pauses = Array.from({ length: 8 }, () => {
      watch.heard(down)
      // One that had left before the rest began makes it no longer.
      watch.heard(down)
      const pause = watch.leftAloneMs
      now += pause
      return pause / 1_000
    })
    expect(pauses).toEqual([15, 30, 60, 120, 240, 480, 600, 600])
    watch.heard(down)
    expect(watch.heard(accepted)).toEqual(accepted)
    expect(watch.leftAloneMs).toBe(0)
    watch.heard(down)
    expect(watch.leftAloneMs).toBe(15_000)
  })
})
