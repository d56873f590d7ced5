import type { z } from 'zod'
import { MailError } from '../../errors/mail-error.js'
import type { Context } from '../context.js'
import { get } from '../stored.js'
import { templateByNameOrId } from '../template-lookup.js'
import { decideReview } from './decide-review.js'
import type { decideTemplateSchema } from './template-inputs.js'
import { type TemplateView, templateView } from './template-view.js'

/** The operator's word about a version, also against an earlier one (TPL-7). @throws NOT_FOUND */
export async function decideTemplate(
  ctx: Context,
  account: string,
  input: z.output<typeof decideTemplateSchema>,
): Promise<TemplateView> {
  const template = await templateByNameOrId(ctx, account, input.template)
  const id = input.version ?? template.data.latest
  const version = await get(ctx, 'template-version', account, id)
  if (version.parent !== template.id) throw new MailError('NOT_FOUND', { kind: 'template-version' })
  const reason = input.state === 'rejected' ? input.reason : null
  await decideReview(ctx, account, id, { state: input.state, reason }, { overrule: true })
  return templateView(await get(ctx, 'template', account, template.id), await get(ctx, 'template-version', account, id))
}
