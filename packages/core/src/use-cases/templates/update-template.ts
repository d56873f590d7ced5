import type { z } from 'zod'
import { templateName } from '../../domain/template/index.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { get, insertRecord, type Stored, updateRecord } from '../stored.js'
import { templateByNameOrId } from '../template-lookup.js'
import { newVersion, templateKey } from './create-template.js'
import { templateContent } from './template-content.js'
import type { updateTemplateSchema } from './template-inputs.js'
import { bodiesOf, newestVersion, type TemplateView, templateView } from './template-view.js'

type Update = z.output<typeof updateTemplateSchema>

/**
 * Edits a template: any change of its content is a new version, reviewed again (TPL-7); a new name alone is none. Runs and sends name a version,
 * so an edit never changes what is under way. Two edits at once both take effect, one upon the other.
 * @throws NOT_FOUND, ALREADY_EXISTS and what `templateContent` throws.
 */
export async function updateTemplate(
  ctx: Context,
  account: string,
  nameOrId: string,
  input: Update,
): Promise<TemplateView> {
  const { id } = await templateByNameOrId(ctx, account, nameOrId)
  for (;;) {
    const template = await get(ctx, 'template', account, id)
    const newest = await newestVersion(ctx, template)
    const name = input.name === undefined ? template.data.name : templateName(input.name)
    const edited = changesContent(input) ? edit(ctx, template, newest, name, input) : null
    const data = { name, ...(edited ? { latest: edited.id, approved: edited.id, versions: edited.data.number } : {}) }
    const put = updateRecord(template, { name, data, keys: [templateKey(account, name)] })
    const result = await tryBundle(ctx, { guards: [], changes: edited ? [put, insertRecord(edited)] : [put] })
    if (result.applied) return templateView({ ...template, data: { ...template.data, ...data } }, edited ?? newest)
    if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  }
}

const changesContent = ({ subject, html, text, body }: Update): boolean =>
  [subject, html, text, body].some((part) => part !== undefined)

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
  return newVersion(ctx, template.account, template.id, { ...content, number: template.data.versions + 1 })
}
