import { z } from 'zod'
import { count, id, instant, jsonObject, list, name } from './common.js'

export const finding = name(
  'Finding',
  z.strictObject({
    level: z.enum(['warning', 'error']),
    code: z.string(),
    message: z.string(),
    fix: z.string(),
    details: jsonObject.optional(),
  }),
)

export const ingestAnswer = name(
  'IngestAnswer',
  z.strictObject({
    kind: z.enum(['report', 'complaint', 'auto-reply', 'unrelated', 'unreadable', 'loop', 'events']),
    events: list(
      z.strictObject({
        message: id.nullable(),
        recipient: z.string().nullable(),
        type: z.string(),
        reply: z.strictObject({ code: z.int(), enhanced: z.string().nullable(), text: z.string() }).nullable(),
        reason: z.string().nullable(),
        hardness: z.enum(['hard', 'soft']).nullable(),
        outcome: z.enum(['stored', 'known', 'unproven', 'ignored', 'unreadable']),
      }),
    ),
  }),
)

export const tickResult = name('TickResult', z.strictObject({ handled: count, nextDueAt: instant.nullable() }))
