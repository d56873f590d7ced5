import type { RecipientOutcome, Stage, TransportResult } from '@mailwright/core'

const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 10 * 60_000

/** Where a relay is lost before any mail is spoken of, and answers to our login (RFC 4954 §4, §6): both are about the relay and us, never about a recipient. */
const before: ReadonlySet<Stage> = new Set<Stage>(['dns', 'connect', 'tls', 'greeting', 'auth'])
const loginRefusals: ReadonlySet<number> = new Set([530, 534, 535, 538])

const isDown = (outcome: RecipientOutcome): boolean =>
  outcome.type === 'unreached'
    ? before.has(outcome.stage)
    : outcome.type === 'refused' && loginRefusals.has(outcome.reply.code)

const causeOf = (outcome: RecipientOutcome | undefined): string => {
  if (outcome?.type === 'refused') return `${outcome.reply.code} ${outcome.reply.text}`
  return outcome !== undefined && 'cause' in outcome ? outcome.cause : 'no outcome'
}

/** What is known of one relay: whether it answers, and for how long it is left alone while it does not. */
export interface RelayWatch {
  /** 0: it may be asked. */
  readonly leftAloneMs: number
  /** The same with what was the relay's own trouble as a hold: it is no attempt of the mail, and closes the way for no other relay's. */
  heard(result: TransportResult): TransportResult
}

export const watchRelay = (name: string, now: () => number, down: (cause: string) => void): RelayWatch => {
  let pauses = 0
  let restUntil = 0
  return {
    get leftAloneMs() {
      return Math.max(0, restUntil - now())
    },
    heard({ recipients }) {
      const [trouble] = recipients.filter(isDown)
      if (trouble === undefined) {
        if (recipients.some(({ type }) => type === 'accepted' || type === 'refused')) pauses = restUntil = 0
        return { recipients }
      }
      // Connections that fail together are one failure.
      if (restUntil <= now()) {
        restUntil = now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(pauses, 10))
        pauses += 1
        down(causeOf(trouble))
      }
      const forMs = restUntil - now()
      const held = (outcome: RecipientOutcome): RecipientOutcome =>
        isDown(outcome) ? { type: 'held', forMs, cause: `relay ${name}: ${causeOf(outcome)}`.slice(0, 300) } : outcome
      return { recipients: recipients.map(held) }
    },
  }
}
