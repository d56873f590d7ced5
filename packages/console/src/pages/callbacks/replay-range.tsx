import { Group, Select, Text, TextInput } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { attemptTexts } from './attempt-texts.js'
import { boundOf } from './replay-bounds.js'
import { useReplayed } from './use-replayed.js'

interface Props {
  readonly endpoints: readonly { readonly value: string; readonly label: string }[]
  /** The one that is looked at, or '' for all. */
  readonly callback: string
}

interface Values {
  readonly from: string
  readonly to: string
  readonly callback: string | null
}

/** Replays all parked events of a period, or all. */
export function ReplayRange({ endpoints, callback }: Props) {
  const t = useTexts(attemptTexts)
  const initialValues: Values = { from: '', to: '', callback: callback === '' ? null : callback }
  return (
    <FormDialog
      operation="callbacks.replay"
      initialValues={initialValues}
      argumentsOf={({ from, to, callback: of }) => [
        { from: boundOf(from, 'from'), to: boundOf(to, 'to'), ...(of === null ? {} : { callback: of }) },
      ]}
      label={t.replayRange}
      title={t.replayTitle}
      submitLabel={t.replay}
      done={useReplayed()}
    >
      {(form) => (
        <>
          <Text size="sm">{t.replayText}</Text>
          <Group grow align="flex-start">
            <TextInput type="datetime-local" label={t.from} description={t.bounds} {...form.getInputProps('from')} />
            <TextInput type="datetime-local" label={t.to} description={t.bounds} {...form.getInputProps('to')} />
          </Group>
          <Select
            label={t.endpoint}
            placeholder={t.anyEndpoint}
            data={[...endpoints]}
            clearable
            searchable
            {...form.getInputProps('callback')}
          />
        </>
      )}
    </FormDialog>
  )
}
