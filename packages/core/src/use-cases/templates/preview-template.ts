import type { z } from 'zod'
import { type Preview, previewTemplate, templateBody } from '../../domain/template/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Context } from '../context.js'
import { get } from '../stored.js'
import { templateByNameOrId } from '../template-lookup.js'
import type { previewSchema } from './template-inputs.js'
import { bodiesOf } from './template-view.js'

/** Renders a stored template or one not yet stored (TPL-5). Sends nothing, stores nothing, runs nothing. @throws as `previewTemplate`. */
export async function previewOf(
  ctx: Context,
  account: string,
  input: z.output<typeof previewSchema>,
): Promise<Preview> {
  const values = input.variables
  if (input.template === undefined) {
    const { html, text } = input
    if (html === undefined && text === undefined) throw oneOf('template')
    const body = (given: string | Uint8Array | undefined, field: string) =>
      given === undefined ? null : templateBody(given, field)
    return previewTemplate({
      subject: input.subject ?? null,
      html: body(html, 'html'),
      text: body(text, 'text'),
      values,
    })
  }
  if (input.html !== undefined || input.text !== undefined) throw oneOf('html')
  const template = await templateByNameOrId(ctx, account, input.template)
  const version = await get(ctx, 'template-version', account, input.version ?? template.data.latest)
  if (version.parent !== template.id) throw new MailError('NOT_FOUND', { kind: 'template-version' })
  return previewTemplate({ subject: input.subject ?? version.data.subject, ...bodiesOf(version.data), values })
}

const oneOf = (field: string): MailError =>
  new MailError('INPUT_INVALID', { field, expected: 'either template, or html or text' })
