import type { SendRegularInput, TemplateView } from '@mailwright/core'
import { RECIPIENTS_MAX, recipientsIn, repeatedIn } from './recipient-lines.js'

export const SCENARIOS = ['transactional', 'notification', 'marketing'] as const

export interface SendDraft {
  readonly template: TemplateView | null
  readonly from: string
  readonly subject: string
  /** As it stands in the text area. */
  readonly to: string
  /** By variable, so that a value survives a look at another template. */
  readonly values: Readonly<Record<string, string>>
  /** `default`: in the language that the service is set to. */
  readonly unsubscribe: 'off' | 'default' | Exclude<SendRegularInput['unsubscribe'], boolean | undefined>
  readonly scenario: (typeof SCENARIOS)[number]
}

/** What the version that sends holds, with the subject that wins (TPL-4). */
export interface Content {
  readonly subject: string | null
  readonly variables: readonly string[]
}

/** What keeps a mail from being sent, the first of it. */
export type Lack =
  | { readonly type: 'template' | 'preview' | 'from' | 'subject' | 'to' | 'tooMany' }
  | { readonly type: 'variables'; readonly names: readonly string[] }
  | { readonly type: 'value'; readonly name: string }
  | { readonly type: 'repeated'; readonly recipient: string }

/** `content` is null while it is not known, or refused. */
export function lackOf({ template, from, to, values }: SendDraft, content: Content | null): Lack | null {
  if (template === null) return { type: 'template' }
  if (content === null) return { type: 'preview' }
  const { subject, variables } = content
  if (variables.length > 1) return { type: 'variables', names: variables }
  if (subject === null) return { type: 'subject' }
  if (from === '') return { type: 'from' }
  const recipients = recipientsIn(to)
  if (recipients.length === 0) return { type: 'to' }
  if (recipients.length > RECIPIENTS_MAX) return { type: 'tooMany' }
  const repeated = repeatedIn(recipients)
  if (repeated !== undefined) return { type: 'repeated', recipient: repeated }
  const [name] = variables
  return name !== undefined && (values[name] ?? '') === '' ? { type: 'value', name } : null
}

/** REG-1: what is sent; the subject only if it is not the template's. */
export function sendingOf(draft: SendDraft, variables: readonly string[]): SendRegularInput {
  const { template, from, subject, to, values, unsubscribe, scenario } = draft
  return {
    template: template?.id ?? '',
    from,
    to: [...recipientsIn(to)],
    variables: Object.fromEntries(variables.map((name) => [name, values[name] ?? ''])),
    scenario,
    ...(subject.trim() === '' ? {} : { subject }),
    ...(unsubscribe === 'off' ? {} : { unsubscribe: unsubscribe === 'default' ? true : unsubscribe }),
  }
}
