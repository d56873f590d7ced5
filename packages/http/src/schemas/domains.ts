import { z } from 'zod'
import { count, id, instant, list, name, scenario, tags } from './common.js'

const purpose = z.enum(['mx', 'spf', 'dkim', 'dmarc', 'tracking'])

const dnsRow = name(
  'DnsRow',
  z.strictObject({
    purpose,
    host: z.string().describe('Relative to the registrable domain, as DNS consoles ask for it.'),
    name: z.string(),
    type: z.enum(['MX', 'TXT', 'CNAME']),
    expected: z.string(),
    current: z.string().nullable(),
    status: z.enum(['missing', 'wrong', 'passed', 'unknown']),
    reason: z.string().optional(),
    required: z.boolean(),
  }),
)

const warning = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('corporate-mail'),
    conflict: z.enum(['mx', 'spf']),
    found: list(z.string()),
    advice: z.string(),
  }),
  z.strictObject({ type: z.literal('invalid-rate'), invalid: count, of: count }),
])

export const domainView = name(
  'Domain',
  z.strictObject({
    id,
    name: z.string().describe('Lower-case A-label.'),
    unicode: z.string(),
    state: z.enum(['pending', 'verified', 'lost']),
    trust: z.enum(['dns', 'operator']),
    rows: list(dnsRow),
    dkim: list(
      z.strictObject({
        selector: z.string(),
        algorithm: z.enum(['rsa-1024', 'rsa-2048', 'ed25519']),
        state: z.enum(['publishing', 'active', 'retiring', 'retired']),
        since: instant,
        retiresAt: instant.nullable(),
      }),
    ),
    health: z.strictObject({ ok: z.boolean(), failing: list(purpose), since: instant.nullable() }).nullable(),
    warnings: list(warning),
    scenario: scenario.nullable(),
    tags,
    createdAt: instant,
    checkedAt: instant.nullable(),
    verifiedAt: instant.nullable(),
    allowance: z
      .strictObject({
        level: z.int(),
        dailyLimit: count,
        usedToday: count,
        blockedToday: z.boolean(),
        until: instant,
      })
      .nullable(),
  }),
)

export const senderView = name(
  'Sender',
  z.strictObject({ id, address: z.string(), name: z.string().nullable(), domain: id, createdAt: instant }),
)
