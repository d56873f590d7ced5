import { Select } from '@mantine/core'
import { useCall } from '../api/use-call.js'
import { useTexts } from '../language/language.js'
import { TextFilter } from './text-filter.js'
import { componentTexts } from './texts.js'

interface Filter {
  readonly value: string
  readonly onChange: (value: string) => void
}

const MOST = 100

/** The account's domains by name; '' stands for all. */
export function DomainFilter({ value, onChange }: Filter) {
  const t = useTexts(componentTexts)
  const { data } = useCall('domains.list', [{ limit: MOST }])
  const names = data?.items.map(({ name }) => name) ?? []
  return <ChoiceFilter label={t.domain} all={t.anyDomain} choices={names} value={value} onChange={onChange} />
}

/** By name; the value is the id, as the API's filters want it. */
export function TemplateFilter({ value, onChange }: Filter) {
  const t = useTexts(componentTexts)
  const { data } = useCall('templates.list', [{ limit: MOST }])
  const choices = data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  return <ChoiceFilter label={t.template} all={t.anyTemplate} choices={choices} value={value} onChange={onChange} />
}

interface Choice extends Filter {
  readonly label: string
  /** What choosing none means. */
  readonly all: string
  readonly choices: readonly (string | { readonly value: string; readonly label: string })[]
}

export function ChoiceFilter({ label, all, choices, value, onChange }: Choice) {
  return (
    <Select
      label={label}
      placeholder={all}
      data={[...choices]}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      clearable
      searchable
      w={220}
    />
  )
}

export function RecipientDomainFilter({ value, onChange }: Filter) {
  const t = useTexts(componentTexts)
  return <TextFilter label={t.recipientDomain} placeholder="example.org" value={value} onChange={onChange} />
}
