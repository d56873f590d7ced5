import type { z } from 'zod'
import { templateName } from '../../domain/template/index.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { creating, type Once } from '../idempotent.js'
import { get, insertRecord, type Stored, type TemplateVersionData, updateRecord } from '../stored.js'
import { templateByNameOrId } from '../template-lookup.js'
import { newVersion, templateKey } from './create-template.js'
import { reviewNow, reviewWork } from './review-version.js'
import { templateContent } from './template-content.js'
import type { updateTemplateSchema } from './template-inputs.js'
import { asReviewedNow, bodiesOf, newestVersion, type TemplateView, templateView } from './template-view.js'

type Update = z.output<typeof updateTemplateSchema>

/**
 * Edits a template: any change of its content is a new version, reviewed again, while the former approved one goes on sending (TPL-7); a new name alone,
 * or the same content again, is none. Runs and sends name a version, so an edit never changes what is under way. Two edits at once both take effect,
 * one upon the other.
 * @throws NOT_FOUND, ALREADY_EXISTS and what `templateContent` throws.
 */
export async function updateTemplate(
  ctx: Context,
  account: string,
  nameOrId: string,
  input: Update,
): Promise<TemplateView> {
  const { id: template } = await templateByNameOrId(ctx, account, nameOrId)
  const answer = await creating<TemplateView>(
    ctx,
    'templates.update',
    account,
    { ...input, template },
    async (once) => {
      for (;;) {
        const edited = await tryUpdate(ctx, account, template, input, once)
        if (edited) return edited
      }
    },
  )
  return asReviewedNow(ctx, account, answer)
}

/** null: somebody else has edited it meanwhile. */
async function tryUpdate(
  ctx: Context,
  account: string,
  id: string,
  input: Update,
  once: Once<TemplateView>,
): Promise<TemplateView | null> {
  const template = await get(ctx, 'template', account, id)
  const newest = await newestVersion(ctx, template)
  const name = input.name === undefined ? template.data.name : templateName(input.name)
  const edited = changesContent(input) ? edit(ctx, template, newest, name, input) : null
  const next = edited && {
    latest: edited.id,
    versions: edited.data.number,
    ...(edited.state === 'approved' ? { approved: edited.id } : {}),
  }
  const data = { name, ...next }
  const state = edited?.state ?? template.state
  const put = updateRecord(template, { name, state, data, keys: [templateKey(account, name)] })
  const answer = templateView({ ...template, data: { ...template.data, ...data } }, edited ?? newest)
  const changes = edited ? [put, insertRecord(edited), ...reviewWork(ctx, account, edited.id)] : [put]
  const result = await tryBundle(ctx, { guards: once(answer), changes })
  if (result.applied) {
    if (edited) await reviewNow(ctx, account, edited.id)
    return answer
  }
  if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  return null
}

const changesContent = ({ subject, html, text, body }: Update): boolean =>
  [subject, html, text, body].some((part) => part !== undefined)

/** null: the content is what it was. */
function edit(
  ctx: Context,
  template: Stored<'template'>,
  newest: Stored<'template-version'>,
  name: string,
  { subject, html, text, body }: Update,
) {
  const { type } = template.data
  const before = bodiesOf(newest.data)
  const content = templateContent({
    name,
    type,
    subject: subject === undefined ? newest.data.subject : subject,
    html: html ?? (type === 'html' && body === undefined ? (before.html ?? undefined) : undefined),
    text: text === undefined ? (type === 'text' && body !== undefined ? undefined : before.text) : text,
    body,
  })
  const version = newVersion(ctx, template.account, template.id, { ...content, number: template.data.versions + 1 })
  return sameContent(version.data, newest.data) ? null : version
}

const sameContent = (a: TemplateVersionData, b: TemplateVersionData): boolean =>
  a.subject === b.subject && a.body === b.body && a.text === b.text
