import { Group, Textarea, TextInput } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { customTexts } from './custom-texts.js'
import { refusedLine, targetsIn } from './given-lines.js'
import { momentOf } from './moments.js'

interface Props {
  /** Stands in the form when it opens. */
  readonly targets?: string
  readonly label?: string
}

/** Blocks addresses and whole domains, all or none. */
export function AddCustom({ targets = '', label }: Props) {
  const t = useTexts(customTexts)
  const format = useFormat()
  return (
    <FormDialog
      operation="blocklist.custom.add"
      initialValues={{ targets, startsAt: '', endsAt: '', reason: '' }}
      argumentsOf={({ targets: text, startsAt, endsAt, reason }) => {
        const { addresses, domains } = targetsIn(text)
        return [
          {
            ...(addresses.length > 0 && { addresses }),
            ...(domains.length > 0 && { domains }),
            startsAt: momentOf(startsAt),
            endsAt: momentOf(endsAt),
            reason: reason.trim(),
          },
        ]
      }}
      explain={(problem, { targets: text }) => {
        const line = refusedLine(problem, { ...targetsIn(text) })
        return line === null ? null : { targets: t.notRead(line) }
      }}
      label={label ?? t.add}
      title={t.addTitle}
      submitLabel={t.add}
      primary={label === undefined}
      done={({ added, replaced }) => t.added(format.number(added), format.number(replaced))}
    >
      {(form) => (
        <>
          <Textarea
            label={t.targets}
            description={t.targetsHint}
            required
            autosize
            minRows={4}
            maxRows={14}
            data-autofocus
            {...form.getInputProps('targets')}
          />
          <Group grow align="flex-start">
            <TextInput
              type="datetime-local"
              label={t.startsAt}
              description={t.startsAtHint}
              {...form.getInputProps('startsAt')}
            />
            <TextInput
              type="datetime-local"
              label={t.endsAt}
              description={t.endsAtHint}
              {...form.getInputProps('endsAt')}
            />
          </Group>
          <TextInput label={t.reason} description={t.reasonHint} maxLength={300} {...form.getInputProps('reason')} />
        </>
      )}
    </FormDialog>
  )
}
