import type { Work } from '../../../ports/rows.js'
import { partsIn } from '../callback-records.js'
import { endpointsNow } from '../endpoints.js'
import { closeEndpoint } from './close-endpoint.js'
import type { Delivery } from './delivery.js'
import { type Ride, ride } from './ride.js'
import { sortParts } from './sort-parts.js'
import { storeRide } from './store-ride.js'

const notRidden: Ride = { failed: [], left: [], gone: false, restsUntil: 0, why: null }

/** Tells the events of claimed rows. Which endpoint each goes to is asked anew, once for each account. A row that fails costs no other its turn. */
export async function deliverWorks(
  delivery: Delivery,
  works: readonly Work[],
  rowFailed: (work: Work, error: unknown) => Promise<void>,
): Promise<void> {
  const { ctx } = delivery
  const asked = new Map<string, ReturnType<typeof endpointsNow>>()
  const endpointsOf = (account: string) => {
    const known = asked.get(account) ?? endpointsNow(ctx, account)
    asked.set(account, known)
    return known
  }
  const deliver = async (work: Work, free: () => void) => {
    const sorted = sortParts(ctx, await endpointsOf(work.account), work.lane, partsIn(work.ref))
    const { endpoint, here } = sorted
    const ridden = endpoint && here.length > 0 ? await ride(delivery, endpoint, here, free) : notRidden
    const gone = endpoint !== null && ridden.gone && (await closeEndpoint(ctx, endpoint))
    await storeRide(ctx, work, sorted, { ...ridden, gone })
  }
  // Held before anything is waited for, so that the next claim knows.
  const rows = works.map((work) => ({ work, free: delivery.lanes.hold(work.lane) }))
  await Promise.all(
    rows.map(({ work, free }) =>
      deliver(work, free)
        .finally(free)
        .catch((error: unknown) => rowFailed(work, error)),
    ),
  )
}
