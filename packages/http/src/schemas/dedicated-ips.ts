import { z } from 'zod'
import { count, id, instant, list, name, scenario, tags } from './common.js'

const minorUnits = z.int().describe('Minor units of the currency.')

export const ipView = name(
  'DedicatedIp',
  z.strictObject({
    ip: z.string(),
    ehlo: z.string(),
    state: z.enum(['warming', 'allocated', 'retired']),
    scenario: scenario.nullable(),
    tags,
    domains: list(z.strictObject({ id, name: z.string() })),
    dayInUse: z.int(),
    limitToday: count.nullable(),
    takenToday: count,
    allocatedAt: instant,
    monthlyPrice: minorUnits,
  }),
)

export const allocatedIps = name('AllocatedIps', z.strictObject({ ips: list(ipView) }))

export const ipService = name(
  'DedicatedIpService',
  z.strictObject({
    state: z.enum(['open', 'closed']),
    agreements: list(z.strictObject({ at: instant, terms: z.string() })),
    closedAt: instant.nullable(),
    terms: z.string(),
    monthlyPrice: minorUnits.nullable(),
    frozen: minorUnits,
    currency: z.string().nullable(),
  }),
)

export const recommendation = name('Recommendation', z.strictObject({ minimum: count, recommended: count }))

export const ipBill = name(
  'DedicatedIpBill',
  z.strictObject({
    month: z.string(),
    currency: z.string().nullable(),
    daysInMonth: z.int(),
    final: z.boolean(),
    lines: list(z.strictObject({ ip: z.string(), activeDays: z.int(), price: minorUnits, fee: minorUnits, tags })),
    total: minorUnits,
    groups: list(z.strictObject({ value: z.string().nullable(), fee: minorUnits })),
  }),
)

export const ledgerEntry = name(
  'LedgerEntry',
  z.strictObject({
    id,
    type: z.enum(['freeze', 'fee', 'return']),
    lines: list(z.strictObject({ account: z.string(), amount: minorUnits })),
    ip: z.string(),
    day: z.string(),
    postedAt: instant,
  }),
)
