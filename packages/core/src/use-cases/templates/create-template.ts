import type { z } from 'zod'
import { parseTemplate, type TemplateContent } from '../../domain/template/index.js'
import { linkList } from '../../domain/tracking/index.js'
import { applyBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { insertRecord, type TemplateVersionData } from '../stored.js'
import { firstReview, reviewNow, reviewWork } from './review-version.js'
import { templateContent } from './template-content.js'
import type { createTemplateSchema } from './template-inputs.js'
import { asReviewedNow, type TemplateView, templateView } from './template-view.js'
import { versionKey } from './version-key.js'

export const templateKey = (account: string, name: string) => ({ scope: account, key: `template:${name}` })

export function newVersion(
  ctx: Context,
  account: string,
  template: string,
  { type, subject, body, text, variables, number }: Omit<TemplateContent, 'name'> & { readonly number: number },
) {
  const review = firstReview(ctx)
  const links = type === 'html' ? linkList(parseTemplate(body, 'html')) : []
  const data: TemplateVersionData = { number, type, subject, body, text, variables, links, review }
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
    keys: [versionKey(id)],
  }
}

/**
 * Stores a template with its first version, and has it reviewed (TPL-7). A repetition under the same key answers the review as it stands then.
 * @throws ALREADY_EXISTS and what `templateContent` throws.
 */
export async function createTemplate(
  ctx: Context,
  account: string,
  input: z.output<typeof createTemplateSchema>,
): Promise<TemplateView> {
  const answer = await creating<TemplateView>(ctx, 'templates.create', account, input, async (once) => {
    const { name, ...content } = templateContent(input)
    const now = ctx.clock.now()
    const id = ctx.ids.next('record')
    const version = newVersion(ctx, account, id, { ...content, number: 1 })
    const { state } = version
    const approved = state === 'approved' ? version.id : null
    const data = { name, type: content.type, latest: version.id, approved, versions: 1 }
    const record = { kind: 'template' as const, account, id, parent: '', name, state, createdAt: now, data }
    const view = templateView(record, version)
    const changes = [
      insertRecord({ ...record, keys: [templateKey(account, name)] }),
      insertRecord(version),
      ...reviewWork(ctx, account, version.id),
    ]
    await applyBundle(ctx, { guards: once(view), changes })
    await reviewNow(ctx, account, version.id)
    return view
  })
  return asReviewedNow(ctx, account, answer)
}
