import { z } from 'zod'
import { isMailError } from '../errors/mail-error.js'
import type { Context } from '../use-cases/context.js'
import { parseInput } from '../use-cases/parse-input.js'
import { find, findByKey } from '../use-cases/stored.js'
import type { Account } from './account.js'

export const ensureSchema = z.strictObject({
  domains: z.array(z.strictObject({ name: z.string(), trust: z.literal('operator').optional() })).default([]),
  senders: z.array(z.strictObject({ address: z.string(), name: z.string().optional() })).default([]),
  templates: z
    .array(
      z.strictObject({
        name: z.string(),
        subject: z.string().optional(),
        html: z.string().optional(),
        text: z.string().optional(),
      }),
    )
    .default([]),
})
export type EnsureInput = Readonly<z.input<typeof ensureSchema>>

/** Creates what is missing and updates templates that differ; run at every start, by any number of processes (HOST-1). */
export async function ensure(ctx: Context, account: string, on: Account, input: EnsureInput): Promise<void> {
  const wanted = parseInput(ensureSchema, input)
  for (const { name, trust } of wanted.domains)
    await unlessThere(() => on.domains.create({ name, ...(trust ? { trust } : {}) }))
  for (const { address, name } of wanted.senders)
    await unlessThere(() => on.senders.create({ address, ...(name === undefined ? {} : { name }) }))
  for (const { name, ...content } of wanted.templates) {
    const body = given(content)
    const known = await findByKey<'template'>(ctx, account, `template:${name}`)
    if (!known)
      await unlessThere(() =>
        on.templates.create({ name, type: content.html === undefined ? 'text' : 'html', ...body }),
      )
    else if (await differs(ctx, account, known.data.latest, content)) await on.templates.update(known.id, body)
  }
}

const given = <T extends Readonly<Record<string, string | undefined>>>(content: T) =>
  Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as { [K in keyof T]: string }

async function differs(
  ctx: Context,
  account: string,
  versionId: string,
  content: {
    readonly subject?: string | undefined
    readonly html?: string | undefined
    readonly text?: string | undefined
  },
) {
  const version = await find(ctx, 'template-version', account, versionId)
  if (!version) return true
  const { subject, body, text, type } = version.data
  const own = type === 'html' ? { html: body, text } : { html: null, text: body }
  return (
    subject !== (content.subject ?? null) || own.html !== (content.html ?? null) || own.text !== (content.text ?? null)
  )
}

async function unlessThere(create: () => Promise<unknown>): Promise<void> {
  try {
    await create()
  } catch (error) {
    if (!isMailError(error, 'ALREADY_EXISTS')) throw error
  }
}
