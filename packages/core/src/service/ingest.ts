import { MailError } from '../errors/mail-error.js'
import type { EventSource } from '../ports/event-source.js'
import type { Context } from '../use-cases/context.js'
import { refSchema } from '../use-cases/domains/index.js'
import type { IngestAnswer } from '../use-cases/ingest/ingest-answer.js'
import {
  type IngestOptions,
  ingestOptionsSchema,
  type RawMail,
  type RawRequestInput,
  rawMailSchema,
  rawRequest,
  rawRequestSchema,
} from '../use-cases/ingest/ingest-input.js'
import { ingestMail, type Wanted } from '../use-cases/ingest/ingest-mail.js'
import { ingestProvider } from '../use-cases/ingest/ingest-provider.js'
import { nearestName } from '../use-cases/nearest-name.js'
import { parseInput } from '../use-cases/parse-input.js'

/**
 * What comes back (DLV-5). Every verb resolves when what it found is stored, and a worker judges and records it: who repeats a call changes nothing. Of no account: the
 * signed return path, or the provider's event, says whose mail it is. Nothing is ever answered to whoever sent it.
 */
export interface Ingest {
  /** A report of failure, delay or delivery (RFC 3464, or in a server's own words). */
  dsn(raw: RawMail, options?: IngestOptions): Promise<IngestAnswer>
  /** A complaint from a feedback loop (RFC 5965). */
  arf(raw: RawMail, options?: IngestOptions): Promise<IngestAnswer>
  /** Any mail that came to a return path or a complaints address: both of the above, by what it is. */
  mail(raw: RawMail, options?: IngestOptions): Promise<IngestAnswer>
  /**
   * What a provider posted to us, unchanged, for the source of that name in the option `eventSources`.
   * @throws NOT_FOUND naming the nearest source; EVENT_SIGNATURE_INVALID; EVENT_INVALID
   */
  provider(name: string, request: RawRequestInput): Promise<IngestAnswer>
  /** Whether we have signed this address as a return path, not too long ago: mail to any other is not ours to take. */
  takes(address: string): boolean
}

export function ingestOf(ctx: Context, sources: Readonly<Record<string, EventSource>>): Ingest {
  const verb =
    (wanted: Wanted): Ingest['mail'] =>
    async (raw, options = {}) =>
      ingestMail(ctx, parseInput(rawMailSchema, raw), parseInput(ingestOptionsSchema, options), wanted)
  return {
    dsn: verb('report'),
    arf: verb('complaint'),
    mail: verb('any'),
    async provider(given, request) {
      const name = parseInput(refSchema, given)
      const source = Object.hasOwn(sources, name) ? sources[name] : undefined
      if (!source) {
        const nearest = nearestName(name.slice(0, 100), Object.keys(sources))
        throw new MailError('NOT_FOUND', { kind: 'event-source', nearest })
      }
      return ingestProvider(ctx, source, rawRequest(parseInput(rawRequestSchema, request)))
    },
    takes: (address) =>
      typeof address === 'string' && ctx.returnPaths.read(address, ctx.clock.now(), ctx.policy.returnPathDays) !== null,
  }
}
