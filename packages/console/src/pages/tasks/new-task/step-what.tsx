import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useTexts } from '../../../language/language.js'
import type { DraftForm } from './draft-form.js'
import { MissingParts } from './missing-parts.js'
import { MoreOfMail } from './more-of-mail.js'
import { mailOf } from './task-draft.js'
import { newTaskTexts } from './texts.js'
import { useOnlyChoices } from './use-only-choices.js'
import { usePartChoices } from './use-part-choices.js'
import { useVariablesCheck, VariablesCheck } from './variables-check.js'

const TYPING_MS = 400

/** What is sent to whom. It goes on once the group's variables are the template's (TSK-2). */
export function StepWhat({ form, onNext }: DraftForm & { readonly onNext: () => void }) {
  const t = useTexts(newTaskTexts)
  const parts = usePartChoices()
  useOnlyChoices(form, parts)
  const { template, group, from } = form.values
  const [mail] = useDebouncedValue(mailOf(form.values), TYPING_MS)
  const chosen = template !== null && group !== null && from !== null
  const check = useVariablesCheck(mail, chosen)
  const subject = parts.subjectOf(template)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (check.fits) onNext()
      }}
    >
      <Stack className="panel">
        <MissingParts parts={parts} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={t.template}
            description={t.templateHint}
            data={parts.templates ?? []}
            searchable
            required
            nothingFoundMessage={t.noTemplate}
            {...form.getInputProps('template')}
          />
          <Select
            label={t.group}
            description={t.groupHint}
            data={parts.groups ?? []}
            searchable
            required
            nothingFoundMessage={t.noGroup}
            {...form.getInputProps('group')}
          />
          <Select
            label={t.from}
            description={t.fromHint}
            data={parts.senders ?? []}
            searchable
            required
            nothingFoundMessage={t.noSender}
            {...form.getInputProps('from')}
          />
          <TextInput
            label={t.subject}
            description={template !== null && subject === null ? t.subjectNone : t.subjectHint}
            placeholder={subject ?? ''}
            required={chosen && subject === null}
            {...form.getInputProps('subject')}
          />
          <TextInput label={t.name} description={t.nameHint} maxLength={100} {...form.getInputProps('name')} />
        </SimpleGrid>
        <MoreOfMail form={form} />
        <VariablesCheck check={check} group={group ?? ''} chosen={chosen} />
        <Group justify="flex-end">
          <Button type="submit" disabled={!check.fits} loading={check.pending}>
            {t.next}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
