import type { BounceKind } from '../../domain/bounce/index.js'
import type { ProviderHappening } from '../../ports/event-source.js'
import type { Reply } from '../../ports/transport.js'

/** One thing that a notice or a provider says. */
export interface IngestedEvent {
  /** Our message; null: nothing proves that it is about one. */
  readonly message: string | null
  /** As the notice names it. */
  readonly recipient: string | null
  readonly type: ProviderHappening['type']
  /** What a server is reported to have said, and the class of it. */
  readonly reply: Reply | null
  readonly reason: BounceKind | null
  readonly hardness: 'hard' | 'soft' | null
  /**
   * `stored`: it is judged and recorded from here on, whatever happens to this process. `known`: the same waits already. `unproven`: forged, or nothing shows whose it is: it
   * changes nothing. `ignored`: nothing that is kept. `unreadable`: not of the provider's form, and the log says what was expected; the other events of its request are not
   * touched by it.
   */
  readonly outcome: 'stored' | 'known' | 'unproven' | 'ignored' | 'unreadable'
}

export interface IngestAnswer {
  /** What it was taken for. */
  readonly kind: 'report' | 'complaint' | 'auto-reply' | 'unrelated' | 'unreadable' | 'loop' | 'events'
  readonly events: readonly IngestedEvent[]
}
