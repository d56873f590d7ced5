import { z } from 'zod'
import { count, instant, list, name } from './common.js'

export const customView = name(
  'CustomBlock',
  z.strictObject({
    target: z.string().describe('An address, or @ and a domain.'),
    startsAt: instant,
    endsAt: instant.nullable(),
    status: z.enum(['coming', 'active', 'expired']),
    automatic: z.boolean(),
    reason: z.string(),
    createdAt: instant,
  }),
)

export const blockLookup = name(
  'BlockLookup',
  z.strictObject({
    address: z.string(),
    invalid: z
      .strictObject({
        triggeredBy: z.enum(['you', 'another']),
        alsoAnother: z.boolean(),
        reason: z.string(),
        at: instant,
        releaseAt: instant.nullable(),
        whitelisted: z.boolean(),
      })
      .nullable(),
    whitelisted: z.boolean(),
    custom: list(customView),
    rejects: list(z.strictObject({ senderDomain: z.string(), reason: z.string(), at: instant })),
  }),
)

export const triggeredView = name(
  'TriggeredInvalid',
  z.strictObject({
    address: z.string(),
    reason: z.string(),
    at: instant,
    releaseAt: instant.nullable(),
    status: z.enum(['active', 'expired']),
  }),
)

export const removedInvalid = name(
  'RemovedInvalid',
  z.strictObject({ address: z.string(), removed: z.boolean(), stillListed: z.boolean() }),
)

const rejected = { address: z.string(), senderDomain: z.string(), reason: z.string(), at: instant }
export const rejectedView = name('Rejected', z.strictObject(rejected))
export const liftedView = name('Lifted', z.strictObject({ ...rejected, liftedFor: z.string(), liftedAt: instant }))

export const addedCustom = name('AddedCustom', z.strictObject({ added: count, replaced: count }))
export const removedCustom = name('RemovedCustom', z.strictObject({ removed: count }))
export const blockSettings = name('BlockSettings', z.strictObject({ fullMailboxes: z.boolean() }))
