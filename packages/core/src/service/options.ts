import { z } from 'zod'
import type { Clock } from '../ports/clock.js'
import type { Dns } from '../ports/dns.js'
import type { Ids } from '../ports/ids.js'
import type { Limiter } from '../ports/limiter.js'
import type { Logger } from '../ports/logger.js'
import type { Queue } from '../ports/queue.js'
import type { Storage } from '../ports/storage.js'
import type { Transport } from '../ports/transport.js'
import { policySchema } from '../use-cases/policy.js'

const port = <T>(name: string, ...verbs: readonly (keyof T & string)[]) =>
  z.custom<T>(
    (given) => typeof given === 'object' && given !== null && verbs.every((verb) => verb in given),
    `an adapter: the port ${name} with ${verbs.join(', ')}`,
  )

const secret = z.string().min(16, 'a secret of at least 16 characters, kept outside the code')

export const optionsSchema = z.strictObject({
  storage: port<Storage>('Storage', 'apply', 'claim', 'read'),
  transport: port<Transport>('Transport', 'send', 'capabilities'),
  /** Seals private keys and signs tokens. A list: the first writes, all read (DOM-8). */
  secret: z.union([secret, z.array(secret).min(1)]),
  /** Where the host mounts the router; without it mails carry no public links. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  clock: port<Clock>('Clock', 'now', 'sleepUntil').optional(),
  queue: port<Queue>('Queue', 'publish', 'consume').optional(),
  limiter: port<Limiter>('Limiter', 'take').optional(),
  resolver: port<Dns>('Dns', 'txt', 'mx').optional(),
  ids: port<Ids>('Ids', 'next', 'bytes').optional(),
  logger: port<Logger>('Logger', 'log').optional(),
  /** What the operator's mail servers need in a sender domain's DNS (DOM-10). */
  dns: z
    .strictObject({
      spf: z.array(z.string().min(1)).default([]),
      bounceMx: z.string().optional(),
      dkim: z.enum(['ours', 'transport']).default('ours'),
    })
    .prefault({}),
  policy: policySchema.prefault({}),
  /** false: this process only accepts; `tick()` or another process sends. */
  worker: z.boolean().default(true),
})

export type MailServiceOptions = Readonly<z.input<typeof optionsSchema>>
export type ParsedOptions = Readonly<z.output<typeof optionsSchema>>
