import type { CreateTemplateInput, PreviewTemplateInput, TemplateDetail, UpdateTemplateInput } from '@mailwright/core'

/** What the editor holds. A type, because a form's values are looked at by name. */
export type TemplateDraft = {
  name: string
  type: TemplateDetail['type']
  /** Empty: none. */
  subject: string
  body: string
  /** The text beside HTML; empty: it is made. */
  text: string
}

export const NEW_DRAFT: TemplateDraft = { name: '', type: 'html', subject: '', body: '', text: '' }

/** A text area has no other line ends. */
const lines = (source: string | null): string => (source ?? '').replaceAll('\r\n', '\n')

export const draftOf = ({ name, type, subject, html, text }: TemplateDetail): TemplateDraft => ({
  name,
  type,
  subject: subject ?? '',
  body: lines(type === 'html' ? html : text),
  text: lines(type === 'html' ? text : null),
})

const bodiesOf = ({ type, body, text }: TemplateDraft) =>
  type === 'html' ? { html: body, ...(text === '' ? {} : { text }) } : { text: body }

export const creationOf = (draft: TemplateDraft): CreateTemplateInput => ({
  name: draft.name,
  type: draft.type,
  ...(draft.subject === '' ? {} : { subject: draft.subject }),
  ...bodiesOf(draft),
})

/** Only what differs, since what is left out stays. */
export function changesOf(before: TemplateDraft, now: TemplateDraft): UpdateTemplateInput {
  const { name, subject, body, text } = now
  return {
    ...(name.trim() === before.name ? {} : { name }),
    ...(subject === before.subject ? {} : { subject: subject === '' ? null : subject }),
    ...(body === before.body ? {} : now.type === 'html' ? { html: body } : { text: body }),
    ...(now.type === 'text' || text === before.text ? {} : { text: text === '' ? null : text }),
  }
}

/** Whether a change makes a new version; a name alone makes none. */
export const makesVersion = ({ name: _, ...content }: UpdateTemplateInput): boolean => Object.keys(content).length > 0

/** null: there is nothing to be seen yet. */
export function previewOf(
  draft: TemplateDraft,
  variables: Readonly<Record<string, string>>,
): PreviewTemplateInput | null {
  if (draft.body.trim() === '') return null
  return { ...(draft.subject === '' ? {} : { subject: draft.subject }), ...bodiesOf(draft), variables }
}
