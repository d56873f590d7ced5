import { Select, Stack, Switch } from '@mantine/core'
import { UNSUBSCRIBE_LANGUAGES } from '../../components/unsubscribe-languages.js'
import { useTexts } from '../../language/language.js'
import type { SendDraft } from './send-draft.js'
import { sendTexts } from './texts.js'

type Unsubscribe = SendDraft['unsubscribe']
type Language = Exclude<Unsubscribe, 'off' | 'default'>

const isLanguage = (value: string | null): value is Language => value !== null && value in UNSUBSCRIBE_LANGUAGES

interface Props {
  readonly value: Unsubscribe
  readonly onChange: (value: Unsubscribe) => void
}

/** TRG-4: off unless wanted. */
export function UnsubscribeField({ value, onChange }: Props) {
  const t = useTexts(sendTexts)
  return (
    <Stack gap="xs">
      <Switch
        label={t.unsubscribe}
        description={t.unsubscribeHint}
        checked={value !== 'off'}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? 'default' : 'off')}
      />
      {value !== 'off' && (
        <Select
          label={t.language}
          data={[
            { value: 'default', label: t.ownLanguage },
            ...Object.entries(UNSUBSCRIBE_LANGUAGES).map(([language, label]) => ({ value: language, label })),
          ]}
          value={value}
          allowDeselect={false}
          onChange={(chosen) => onChange(isLanguage(chosen) ? chosen : 'default')}
        />
      )}
    </Stack>
  )
}
