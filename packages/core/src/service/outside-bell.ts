import type { Clock, Instant } from '../ports/clock.js'
import type { Logger } from '../ports/logger.js'
import type { Queue } from '../ports/queue.js'

/** A queue that is away is told of once, then at most this often. */
const QUIET_MS = 30_000

/** Rings in other processes. Losing it costs them the time until their sweep. */
export interface OutsideBell {
  /**
   * At most one job of a kind is on its way; what is rung meanwhile is rung by one more. So a flood of mail is a few jobs, and no ring is older than the
   * work that it announces.
   */
  ring(kind: string): void
  /** Logs what is wrong with what the queue stands on. Never rejects. */
  inspected(): Promise<void>
}

export function createOutsideBell(
  queue: Queue,
  { logger, clock }: { readonly logger: Logger; readonly clock: Clock },
): OutsideBell {
  const onTheWay = new Set<string>()
  const again = new Set<string>()
  let lost = 0
  let quietUntil: Instant = 0

  const lose = (kind: string, error: unknown): void => {
    lost += 1
    const now = clock.now()
    if (now < quietUntil) return
    quietUntil = now + QUIET_MS
    logger.log('warn', 'ring-lost', { kind, lost, error })
  }

  const publish = async (kind: string): Promise<void> => {
    try {
      // Due already: by the clock of any machine.
      await queue.publish([{ id: `ring:${kind}`, kind, ref: '', runAt: 0 }])
      if (lost === 0) return
      logger.log('info', 'ring-heard', { lost })
      lost = 0
      quietUntil = 0
    } catch (error) {
      lose(kind, error)
    }
  }

  const send = async (kind: string): Promise<void> => {
    onTheWay.add(kind)
    do {
      again.delete(kind)
      await publish(kind)
    } while (again.has(kind))
    onTheWay.delete(kind)
  }

  return {
    ring(kind) {
      if (onTheWay.has(kind)) again.add(kind)
      else void send(kind)
    },
    async inspected() {
      try {
        for (const { code } of await queue.inspect()) logger.log('warn', 'queue-finding', { code })
      } catch (error) {
        logger.log('warn', 'queue-finding', { code: 'CHECK_FAILED', error })
      }
    },
  }
}
