import { Select, SimpleGrid, Textarea } from '@mantine/core'
import { useTexts } from '../../../language/language.js'
import type { DraftForm } from './draft-form.js'
import type { Scenario, TaskDraft } from './task-draft.js'
import { newTaskTexts } from './texts.js'

const SCENARIOS = ['marketing', 'notification', 'transactional'] as const satisfies readonly Scenario[]

/** The languages of the visible link, each by its own name. */
const LANGUAGES = {
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
} as const satisfies Readonly<Record<Exclude<TaskDraft['unsubscribe'], 'default' | 'none'>, string>>

export function MoreOfMail({ form }: DraftForm) {
  const t = useTexts(newTaskTexts)
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Select
        label={t.scenario}
        description={t.scenarioHint}
        data={SCENARIOS.map((value) => ({ value, label: t[value] }))}
        allowDeselect={false}
        {...form.getInputProps('scenario')}
      />
      <Select
        label={t.unsubscribe}
        description={t.unsubscribeHint}
        data={[
          { value: 'default', label: t.unsubscribeDefault },
          { value: 'none', label: t.unsubscribeNone },
          ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
        ]}
        allowDeselect={false}
        {...form.getInputProps('unsubscribe')}
      />
      <Textarea label={t.tags} description={t.tagsHint} autosize minRows={1} {...form.getInputProps('tags')} />
    </SimpleGrid>
  )
}
