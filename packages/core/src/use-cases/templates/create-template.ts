import type { z } from 'zod'
import type { TemplateContent } from '../../domain/template/index.js'
import { applyBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { idempotency, onceGuard, withFirstAnswer } from '../idempotent.js'
import { insertRecord, type TemplateVersionData } from '../stored.js'
import { templateContent } from './template-content.js'
import type { createTemplateSchema } from './template-inputs.js'
import { type TemplateView, templateView } from './template-view.js'

export const templateKey = (account: string, name: string) => ({ scope: account, key: `template:${name}` })

/** TPL-7: without a reviewer every version is approved at once. */
export function newVersion(
  ctx: Context,
  account: string,
  template: string,
  { type, subject, body, text, variables, number }: Omit<TemplateContent, 'name'> & { readonly number: number },
) {
  const review = { state: 'approved', reason: null } as const
  const data: TemplateVersionData = { number, type, subject, body, text, variables, review }
  const id = ctx.ids.next('record')
  return {
    kind: 'template-version' as const,
    account,
    id,
    parent: template,
    name: '',
    state: review.state,
    createdAt: ctx.clock.now(),
    data,
  }
}

/** Stores a template with its first version. @throws ALREADY_EXISTS and what `templateContent` throws. */
export async function createTemplate(
  ctx: Context,
  account: string,
  input: z.output<typeof createTemplateSchema>,
): Promise<TemplateView> {
  const once = idempotency('template', account, input.idempotencyKey, { ...input, idempotencyKey: '' })
  return withFirstAnswer(ctx, once, async () => {
    const { name, ...content } = templateContent(input)
    const now = ctx.clock.now()
    const id = ctx.ids.next('record')
    const version = newVersion(ctx, account, id, { ...content, number: 1 })
    const data = { name, type: content.type, latest: version.id, approved: version.id, versions: 1 }
    const record = { kind: 'template' as const, account, id, parent: '', name, state: '', createdAt: now, data }
    const answer = templateView(record, version)
    const changes = [insertRecord({ ...record, keys: [templateKey(account, name)] }), insertRecord(version)]
    await applyBundle(ctx, { guards: onceGuard(once, now, answer), changes })
    return answer
  })
}
