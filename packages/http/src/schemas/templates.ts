import { z } from 'zod'
import { count, id, instant, list, name } from './common.js'

const template = {
  id,
  name: z.string(),
  type: z.enum(['html', 'text']),
  version: z.strictObject({ id, number: z.int(), createdAt: instant }),
  subject: z.string().nullable(),
  variables: list(z.string()),
  review: z.strictObject({ state: z.enum(['approved', 'pending', 'rejected']), reason: z.string().nullable() }),
  approved: id.nullable().describe('The version that sends.'),
  createdAt: instant,
}

export const templateView = name('Template', z.strictObject(template))

export const templateDetail = name(
  'TemplateDetail',
  z.strictObject({ ...template, html: z.string().nullable(), text: z.string().nullable() }),
)

export const preview = name(
  'Preview',
  z.strictObject({
    subject: z.string().nullable(),
    html: z.string().nullable(),
    text: z.string(),
    size: count,
    variables: list(z.string()),
    warnings: list(
      z.strictObject({
        code: z.enum(['missing-alt', 'over-102-kb', 'external-script', 'untracked-link']),
        count,
        lines: list(z.int()),
      }),
    ),
  }),
)
