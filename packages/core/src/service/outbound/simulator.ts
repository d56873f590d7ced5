import { isSimulated, simulate } from '../../domain/delivery/index.js'
import type { RecipientOutcome, Transport } from '../../ports/transport.js'
import type { Context } from '../../use-cases/context.js'

/** Ids of deferred mails that are remembered. One that is forgotten is deferred once more. */
const REMEMBERED = 10_000

const isForSimulator = (mailbox: string): boolean =>
  isSimulated(mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase())

/** Answers for the addresses of the simulator itself and passes everything else on (HOST-4). */
export function withSimulator(transport: Transport, after: Context['after']): Transport {
  const seen = new Set<string>()
  const answer = async (id: string, mailbox: string): Promise<RecipientOutcome> => {
    const { outcome, afterMs } = simulate(mailbox, seen.has(id))
    seen.add(id)
    const [oldest] = seen
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest)
    if (afterMs > 0) await new Promise<void>((resolve) => after(afterMs, resolve))
    return outcome
  }
  return {
    name: transport.name,
    capabilities: transport.capabilities,
    send(request, signal) {
      const { to } = request.envelope
      if (!to.every(isForSimulator)) return transport.send(request, signal)
      return Promise.all(to.map((mailbox) => answer(request.id, mailbox))).then((recipients) => ({ recipients }))
    },
    close: () => transport.close(),
  }
}
