import { z } from 'zod'
import { count, id, instant, jsonObject, list, name, values } from './common.js'
import { messageState } from './deliveries.js'

export const personExport = name(
  'PersonExport',
  z.strictObject({
    address: z.string(),
    groups: list(z.strictObject({ group: z.string(), values })),
    messages: list(
      z.strictObject({
        id,
        mailbox: z.string(),
        state: messageState,
        acceptedAt: instant,
        lastReply: z.string(),
        subject: z.string().nullable(),
        values,
        events: list(z.strictObject({ at: instant, kind: z.string(), detail: jsonObject })),
      }),
    ),
    blocklist: list(
      z.strictObject({
        kind: z.enum(['invalid', 'custom', 'reject', 'whitelist']),
        scope: z.string(),
        reason: z.string(),
        startsAt: instant,
        endsAt: instant.nullable(),
        createdAt: instant,
      }),
    ),
    lifts: list(z.strictObject({ senderDomain: z.string(), reason: z.string(), at: instant })),
  }),
)

export const erasure = name('Erasure', z.strictObject({ groups: count, messages: count }))
