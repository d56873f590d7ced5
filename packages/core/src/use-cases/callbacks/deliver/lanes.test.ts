import { describe, expect, it } from 'vitest'
import { aContext } from '../../../../tests/a-context.js'
import { createLanes, type Lanes, type Place } from './lanes.js'

const ctx = aContext({ policy: { callbackConnections: 4 } })

/** How many of so many callbacks to an endpoint that never answers are on their way at once. */
async function hanging(lanes: Lanes, ...ids: string[]): Promise<number> {
  let places = 0
  for (const id of ids)
    for (let at = 0; at < 3; at += 1)
      void lanes
        .board({ id, account: 'acme', url: id }, () => false)
        .turn()
        .then((place) => place && places++)
  await settled()
  return places
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const placeOf = (lanes: Lanes, id: string) => lanes.board({ id, account: 'acme', url: id }, () => false).turn()

describe('connections to many endpoints', () => {
  it('CBK-4: those that have not answered yet share half of them, however many hang; a proven one goes on', async () => {
    const lanes = createLanes(ctx, () => {})
    ;(await placeOf(lanes, 'well'))?.told()
    expect(await hanging(lanes, 'a', 'b', 'c')).toBe(2)
    const places: (Place | null)[] = []
    void placeOf(lanes, 'well').then((place) => places.push(place))
    void placeOf(lanes, 'well').then((place) => places.push(place))
    await settled()
    expect(places).toHaveLength(2)
  })

  it('CBK-4: one that hangs holds at most two of its own', async () => {
    const lanes = createLanes(aContext(), () => {})
    expect(await hanging(lanes, 'a')).toBe(2)
    expect(await hanging(lanes, 'b')).toBe(2)
  })
})
