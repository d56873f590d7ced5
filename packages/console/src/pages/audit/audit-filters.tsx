import { Group, TextInput } from '@mantine/core'
import { ChoiceFilter } from '../../components/filters.js'
import { useTexts } from '../../language/language.js'
import { auditTexts } from './texts.js'

type Filters = Readonly<Record<'from' | 'to' | 'actor' | 'verb', string>>

interface Props {
  readonly filters: Filters
  readonly verbs: readonly string[]
  readonly onChange: (changed: Partial<Filters>) => void
}

export function AuditFilters({ filters, verbs, onChange }: Props) {
  const t = useTexts(auditTexts)
  return (
    <Group align="flex-start">
      <TextInput
        type="date"
        label={t.from}
        value={filters.from}
        max={filters.to === '' ? undefined : filters.to}
        onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t.to}
        value={filters.to}
        min={filters.from === '' ? undefined : filters.from}
        onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
      />
      <TextInput
        label={t.actor}
        placeholder={t.actorHint}
        value={filters.actor}
        onChange={({ currentTarget }) => onChange({ actor: currentTarget.value.trim() })}
        w={220}
      />
      <ChoiceFilter
        label={t.verb}
        all={t.anyVerb}
        choices={verbs}
        value={filters.verb}
        onChange={(verb) => onChange({ verb })}
      />
    </Group>
  )
}
