import { Select, SimpleGrid, Textarea } from '@mantine/core'
import { UNSUBSCRIBE_LANGUAGES } from '../../../components/unsubscribe-languages.js'
import { useTexts } from '../../../language/language.js'
import type { DraftForm } from './draft-form.js'
import type { Scenario } from './task-draft.js'
import { newTaskTexts } from './texts.js'

const SCENARIOS = ['marketing', 'notification', 'transactional'] as const satisfies readonly Scenario[]

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
          ...Object.entries(UNSUBSCRIBE_LANGUAGES).map(([value, label]) => ({ value, label })),
        ]}
        allowDeselect={false}
        {...form.getInputProps('unsubscribe')}
      />
      <Textarea label={t.tags} description={t.tagsHint} autosize minRows={1} {...form.getInputProps('tags')} />
    </SimpleGrid>
  )
}
