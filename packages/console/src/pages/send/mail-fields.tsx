import type { SenderView, TemplateView } from '@mailwright/core'
import { Anchor, Select, TextInput } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { useTexts } from '../../language/language.js'
import { RecipientsField } from './recipients-field.js'
import { SCENARIOS, type SendDraft } from './send-draft.js'
import { sendTexts } from './texts.js'
import { UnsubscribeField } from './unsubscribe-field.js'

interface Props {
  readonly draft: SendDraft
  readonly templates: readonly TemplateView[]
  readonly senders: readonly SenderView[]
  readonly variables: readonly string[]
  readonly onChoose: (chosen: { readonly template?: string; readonly from?: string }) => void
  readonly onChange: (changed: Partial<Omit<SendDraft, 'template' | 'from'>>) => void
}

export function MailFields({ draft, templates, senders, variables, onChoose, onChange }: Props) {
  const t = useTexts(sendTexts)
  const { template, from, subject, to, values, unsubscribe, scenario } = draft
  const [variable, ...more] = variables
  return (
    <>
      <Select
        label={t.template}
        description={
          template === null ? (
            t.templateHint
          ) : (
            <Anchor href={pageUrl('templates', template.id)} inherit>
              {t.edit}
            </Anchor>
          )
        }
        data={templates.map(({ id, name }) => ({ value: id, label: name }))}
        value={template?.id ?? null}
        onChange={(id) => onChoose({ template: id ?? '' })}
        searchable
        required
      />
      <TextInput
        label={t.subject}
        description={template !== null && template.subject === null ? t.subjectNeeded : t.subjectHint}
        placeholder={template?.subject ?? ''}
        value={subject}
        onChange={({ currentTarget }) => onChange({ subject: currentTarget.value })}
      />
      {variable !== undefined && more.length === 0 && (
        <TextInput
          label={t.value(variable)}
          description={t.valueHint}
          required
          value={values[variable] ?? ''}
          onChange={({ currentTarget }) => onChange({ values: { ...values, [variable]: currentTarget.value } })}
        />
      )}
      <Select
        label={t.from}
        data={senders.map(({ address, name }) => ({
          value: address,
          label: name === null ? address : `${name} <${address}>`,
        }))}
        value={from === '' ? null : from}
        onChange={(address) => onChoose({ from: address ?? '' })}
        searchable
        required
      />
      <RecipientsField value={to} onChange={(value) => onChange({ to: value })} />
      <Select
        label={t.scenario}
        data={SCENARIOS.map((value) => ({ value, label: t[value] }))}
        value={scenario}
        allowDeselect={false}
        onChange={(value) => {
          const picked = SCENARIOS.find((one) => one === value)
          if (picked !== undefined) onChange({ scenario: picked })
        }}
      />
      <UnsubscribeField value={unsubscribe} onChange={(value) => onChange({ unsubscribe: value })} />
    </>
  )
}
