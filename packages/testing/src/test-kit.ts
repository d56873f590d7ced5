import { type SteppedClock, steppedClock } from '@mailwright/adapters/clock/stepped'
import { type FixedDns, fixedDns } from '@mailwright/adapters/dns/fixed'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import {
  type CaptureTransport,
  type CaptureTransportOptions,
  captureTransport,
} from '@mailwright/adapters/transport/capture'
import { createMailService, type Instant, type MailService, type MailServiceOptions } from '@mailwright/core'

const DAY = 86_400_000

export interface TestKitOptions {
  /** When the simulation begins: epoch milliseconds or an ISO 8601 date with zone. Default 2026-01-01, 00:00 UTC. */
  readonly startAt?: Instant | string
  /** What becomes of a mail that is handed over; accepted if left out. */
  readonly answer?: CaptureTransportOptions['answer']
  /** Anything else the service is made with: a policy, another storage, a logger. */
  readonly service?: Partial<MailServiceOptions>
}

/** A whole mail service in this process: nothing leaves, nothing waits, and time passes only when told to. */
export interface TestKit {
  readonly mail: MailService
  readonly clock: SteppedClock
  /** What was handed over: `messages`, `count`, `assertSent(…)`. */
  readonly outbox: CaptureTransport
  /** The zone that domains are verified against. */
  readonly dns: FixedDns
  /** Handles all that is due now. */
  settle(): Promise<void>
  /**
   * Lets time pass up to `at`, handling each thing at the instant it falls due; at least once a day, so that upkeep is done. Nothing that was due
   * before `at` is left undone.
   */
  runUntil(at: Instant | string): Promise<void>
  /** `runUntil` so much later. */
  runFor(span: { readonly days?: number; readonly hours?: number; readonly minutes?: number }): Promise<void>
  stop(): Promise<void>
}

/**
 * Makes a service on memory storage, a stepped clock and a capturing transport. Its worker does not run by itself: `settle`, `runUntil` and
 * `runFor` do the work, so that a test is exact and takes no real time.
 */
export async function createTestKit({
  startAt = '2026-01-01T00:00:00Z',
  answer,
  service,
}: TestKitOptions = {}): Promise<TestKit> {
  const clock = steppedClock(startAt)
  const outbox = captureTransport(answer ? { answer } : {})
  const dns = fixedDns()
  const mail = await createMailService({
    storage: memoryStorage({ clock }),
    transport: outbox,
    clock,
    resolver: dns,
    secret: 'a secret for tests and for nothing else',
    // A signature costs more than all else that happens to a mail here.
    dns: { dkim: 'transport' },
    ...service,
  })

  /** Answers when the next thing falls due. */
  const settle = async (): Promise<Instant | null> => {
    for (;;) {
      const { handled, nextDueAt } = await mail.tick({ maxMs: 60_000 })
      if (handled === 0 || nextDueAt === null || nextDueAt > clock.now()) return nextDueAt
    }
  }
  const runUntil = async (at: Instant | string): Promise<void> => {
    const end = typeof at === 'number' ? at : Date.parse(at)
    for (;;) {
      const due = await settle()
      const now = clock.now()
      if (now >= end) break
      // What is due and was not handled waits for something that only time brings: a provider's rest, a relay that is down.
      const next = due === null ? end : Math.max(due, now + 1_000)
      await clock.stepTo(Math.min(end, next, now + DAY))
    }
  }
  return {
    mail,
    clock,
    outbox,
    dns,
    settle: async () => void (await settle()),
    runUntil,
    runFor: ({ days = 0, hours = 0, minutes = 0 }) =>
      runUntil(clock.now() + days * DAY + hours * 3_600_000 + minutes * 60_000),
    stop: () => mail.stop(),
  }
}
