import { Select, Stack, Switch } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import type { SendDraft } from './send-draft.js'
import { sendTexts } from './texts.js'

type Unsubscribe = SendDraft['unsubscribe']
type Language = Exclude<Unsubscribe, 'off' | 'default'>

/** Each by its own name. */
const languages: Readonly<Record<Language, string>> = {
  english: 'English',
  'simplified-chinese': '简体中文',
  'traditional-chinese': '繁體中文',
  spanish: 'Español',
  french: 'Français',
  german: 'Deutsch',
  japanese: '日本語',
  korean: '한국어',
  arabic: 'العربية',
  thai: 'ไทย',
  indonesian: 'Bahasa Indonesia',
  vietnamese: 'Tiếng Việt',
}

const isLanguage = (value: string | null): value is Language => value !== null && value in languages

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
            ...Object.entries(languages).map(([language, label]) => ({ value: language, label })),
          ]}
          value={value}
          allowDeselect={false}
          onChange={(chosen) => onChange(isLanguage(chosen) ? chosen : 'default')}
        />
      )}
    </Stack>
  )
}
