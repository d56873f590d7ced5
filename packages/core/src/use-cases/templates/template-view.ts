import { parseTemplate, variablesOf } from '../../domain/template/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import { find, get, type Stored, type TemplateVersionData } from '../stored.js'

export interface TemplateView {
  readonly id: string
  readonly name: string
  readonly type: 'html' | 'text'
  /** The newest version; what follows is about it. */
  readonly version: { readonly id: string; readonly number: number; readonly createdAt: Instant }
  readonly subject: string | null
  /** Of default subject, body and text part, in order of first use (TPL-2, TPL-4). */
  readonly variables: readonly string[]
  readonly review: TemplateVersionData['review']
  /** Id of the version that sends: the newest approved one (TPL-7). */
  readonly approved: string | null
  readonly createdAt: Instant
}

export interface TemplateDetail extends TemplateView {
  readonly html: string | null
  readonly text: string | null
}

type Unsaved<T> = Omit<T, 'version'>

export function templateView(
  template: Unsaved<Stored<'template'>>,
  version: Unsaved<Stored<'template-version'>>,
): TemplateView {
  const { number, subject, review } = version.data
  return {
    id: template.id,
    name: template.data.name,
    type: template.data.type,
    version: { id: version.id, number, createdAt: version.createdAt },
    subject,
    variables: allVariables(version.data),
    review,
    approved: template.data.approved,
    createdAt: template.createdAt,
  }
}

export function templateDetail(template: Stored<'template'>, version: Stored<'template-version'>): TemplateDetail {
  return { ...templateView(template, version), ...bodiesOf(version.data) }
}

export const bodiesOf = ({ type, body, text }: TemplateVersionData) =>
  type === 'html' ? { html: body, text } : { html: null, text: body }

/** An answer given before the review was over. */
export async function asReviewedNow(ctx: Context, account: string, answer: TemplateView): Promise<TemplateView> {
  if (answer.review.state !== 'pending') return answer
  const [version, template] = await Promise.all([
    find(ctx, 'template-version', account, answer.version.id),
    find(ctx, 'template', account, answer.id),
  ])
  return version && template ? { ...answer, review: version.data.review, approved: template.data.approved } : answer
}

export const newestVersion = (
  ctx: Context,
  { account, data }: Stored<'template'>,
): Promise<Stored<'template-version'>> => get(ctx, 'template-version', account, data.latest)

const allVariables = ({ subject, variables }: TemplateVersionData): readonly string[] =>
  variablesOf([...(subject === null ? [] : [parseTemplate(subject, 'subject')]), { variables }])
