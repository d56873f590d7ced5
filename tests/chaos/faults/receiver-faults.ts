import { aTask, DAY, settle } from '../../e2e/a-service.js'
import { aTellingService, parkedOf } from '../../e2e/callbacks-told.js'
import { hostileReceiver, type ReceiverFault } from './hostile-receiver.js'

const HOUR = 3_600_000
const MINUTE = 60_000

export interface ReceiverFaultSeen {
  /** Mails handed over before the clock had moved, while the receiver misbehaved. */
  readonly sentAtOnce: number
  /** Different events that were told in the end, and how often one was taken more than once. */
  readonly told: number
  readonly repeated: number
  /** Ids under which the fault was met and that were not told in the end. */
  readonly strangeIds: number
  readonly parked: number
  readonly state: string
}

/**
 * F12: a batch whose events go to a receiver that misbehaves, then is well. One that cannot be reached over TLS is given another URL by the
 * operator; one that said 410 is enabled and replayed. Real sockets; the clock that retries go by is stepped.
 */
export async function receiverFault(
  fault: ReceiverFault,
  events: number,
  downHours: number,
): Promise<ReceiverFaultSeen> {
  const receiver = await hostileReceiver(fault)
  const port = Number(new URL(receiver.url).port)
  const service = await aTellingService({
    realClient: true,
    policy: { allowPrivateNetworks: true, callbackPorts: [port], callbackTimeoutMs: 500, startLevel: 20 },
  })
  const { mail, clock } = service
  try {
    await mail.callbacks.setAccount({ url: receiver.url, force: true })
    await aTask(service, events)
    await settle(service)
    const sentAtOnce = service.transport.count
    // An hour is simulated in a few steps: each probe of a receiver that hangs costs real time.
    for (let hour = 0; hour < downHours; hour += 1) await settle(service, clock.now() + HOUR)
    const { items } = await mail.callbacks.list()
    const state = items[0]?.state ?? 'none'
    const parkedBefore = (await parkedOf(service)).length
    receiver.well()
    if (fault === 'tls error') await mail.callbacks.setAccount({ url: `http://127.0.0.1:${port}/` })
    if (fault === '410') {
      await mail.callbacks.setAccount({ url: receiver.url })
      for (let left = parkedBefore; left > 0; ) left = (await mail.callbacks.replay({ from: 0, to: clock.now() })).left
    }
    await settle(service, clock.now() + MINUTE)
    await settle(service, clock.now() + DAY)
    const ids = new Set(receiver.taken)
    return {
      sentAtOnce,
      told: ids.size,
      repeated: receiver.taken.length - ids.size,
      strangeIds: receiver.met.filter((id) => !ids.has(id)).length,
      parked: (await parkedOf(service)).length,
      state,
    }
  } finally {
    await mail.stop({ drainMs: 0 })
    await receiver.close()
  }
}
