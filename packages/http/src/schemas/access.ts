import { codes, verbs } from '@mailwright/core'
import { z } from 'zod'
import { instant, name, tags, values } from './common.js'

const role = z.enum(['viewer', 'sender', 'admin'])

const key = { id: z.string(), name: z.string(), role, tags, createdAt: instant, expiresAt: instant.nullable() }

export const apiKeyView = name(
  'ApiKey',
  z.strictObject({ ...key, lastUsedAt: instant.nullable().describe('The start of a UTC day.') }),
)

export const newApiKey = name('NewApiKey', z.strictObject({ ...key, key: z.string().describe('Shown this once.') }))

type Keys<T> = [keyof T & string, ...(keyof T & string)[]]

export const auditView = name(
  'AuditRecord',
  z.strictObject({
    id: z.string(),
    at: instant,
    actor: z.string().nullable(),
    role,
    verb: z.enum(Object.keys(verbs) as Keys<typeof verbs>),
    target: values,
    outcome: z.enum(['done', ...(Object.keys(codes) as Keys<typeof codes>)]).nullable(),
    requestId: z.string().nullable(),
  }),
)
