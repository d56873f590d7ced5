import { z } from 'zod'
import type { CallbackClient } from '../ports/callback-client.js'
import type { Clock } from '../ports/clock.js'
import type { Dns } from '../ports/dns.js'
import type { EventSource } from '../ports/event-source.js'
import type { Ids } from '../ports/ids.js'
import type { Limiter } from '../ports/limiter.js'
import type { Logger } from '../ports/logger.js'
import type { Metrics } from '../ports/metrics.js'
import type { Queue } from '../ports/queue.js'
import type { Storage } from '../ports/storage.js'
import type { Transport } from '../ports/transport.js'
import { policySchema } from '../use-cases/policy.js'
import type { ReviewTemplate } from '../use-cases/templates/reviewer.js'

const port = <T>(name: string, ...verbs: readonly (keyof T & string)[]) =>
  z.custom<T>(
    (given) => typeof given === 'object' && given !== null && verbs.every((verb) => verb in given),
    `an adapter: the port ${name} with ${verbs.join(', ')}`,
  )

const secret = z.string().min(16, 'a secret of at least 16 characters, kept outside the code')

export const optionsSchema = z.strictObject({
  storage: port<Storage>('Storage', 'apply', 'claim', 'read'),
  /** May be left out with `dev`. */
  transport: port<Transport>('Transport', 'send', 'capabilities').optional(),
  /**
   * Seals private keys and signs tokens. A list: the first writes, all read (DOM-8). To change it, add the new one at the end in every process, then put it
   * first; a day later nothing is sealed under the old one, which still reads the links of mails that were sent.
   */
  secret: z.union([secret, z.array(secret).min(1)]),
  /** Where the host mounts the router; without it mails carry no public links. So long that every unsubscribe link fits into a header line. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(150)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  clock: port<Clock>('Clock', 'now', 'sleepUntil').optional(),
  queue: port<Queue>('Queue', 'publish', 'consume', 'inspect', 'close').optional(),
  limiter: port<Limiter>('Limiter', 'take').optional(),
  resolver: port<Dns>('Dns', 'txt', 'mx').optional(),
  /** Posts callbacks. Default: over HTTP, to checked addresses only (CBK-5). */
  callbackClient: port<CallbackClient>('CallbackClient', 'post').optional(),
  /** Who may post events to us, by the name under which `ingest.provider` takes them. */
  eventSources: z
    .record(z.string().regex(/^[\w-]{1,40}$/), port<EventSource>('EventSource', 'verify', 'parse'))
    .default({}),
  ids: port<Ids>('Ids', 'next', 'bytes').optional(),
  logger: port<Logger>('Logger', 'log').optional(),
  /** Takes figures of what this process does. Left out: nothing is measured. */
  metrics: port<Metrics>('Metrics', 'add', 'observe', 'watch').optional(),
  /** Looks at every version of a template before it sends; left out: all are approved at once (TPL-7). The same in every process. */
  review: z
    .custom<ReviewTemplate>((given) => typeof given === 'function', 'a function (request) => a verdict')
    .optional(),
  /** What the operator's mail servers need in a sender domain's DNS (DOM-10). */
  dns: z
    .strictObject({
      spf: z.array(z.string().min(1)).default([]),
      bounceMx: z.string().optional(),
      /** Who signs: we, with the domain's keys, or the relay or provider that the transport hands mail to. */
      dkim: z.enum(['ours', 'transport']).default('ours'),
    })
    .prefault({}),
  /** Addresses that accounts may get for themselves (DIP-1); the same in every process. `relay`: the transport's name for the relay that owns it. */
  dedicatedIps: z
    .array(
      z.strictObject({
        ip: z.string(),
        ehlo: z.string(),
        relay: z
          .string()
          .regex(/^[\w.-]{1,64}$/)
          .optional(),
      }),
    )
    .max(10_000)
    .default([]),
  policy: policySchema.prefault({}),
  /** Nothing leaves this process: trusted domains, mail kept in `mail.inbox`. Refused under NODE_ENV=production (HOST-3). */
  dev: z.boolean().default(false),
  /** Sends everything to this one address, with the real one in a header (HOST-3). */
  redirectAllTo: z.email().optional(),
  /** false: this process only accepts; `tick()` or another process sends. */
  worker: z.boolean().default(true),
})

export type MailServiceOptions = Readonly<z.input<typeof optionsSchema>>
export type ParsedOptions = Readonly<z.output<typeof optionsSchema>>
