import { z } from 'zod'
import { count, id, instant, list, name, values } from './common.js'

export const groupView = name(
  'Group',
  z.strictObject({
    id,
    name: z.string(),
    description: z.string(),
    state: z.enum(['empty', 'importing', 'ready']),
    rows: count,
    variables: list(z.string()).nullable(),
    createdAt: instant,
  }),
)

export const recipientView = name('Recipient', z.strictObject({ address: z.string(), values }))
