import type { CustomView } from '@mailwright/core'
import { Select, TextInput } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { customTexts } from './custom-texts.js'
import { changesOf, type End, periodOf } from './modify-period.js'

const ENDS = ['keep', 'now', 'none', 'at'] as const satisfies readonly End[]

interface Props {
  readonly blocks: readonly CustomView[]
  readonly onDone?: () => void
}

/** Moves start and end of one or several rows, also of those made automatically. */
export function ModifyCustom({ blocks, onDone }: Props) {
  const t = useTexts(customTexts)
  const format = useFormat()
  const targets = [...new Set(blocks.map(({ target }) => target))]
  const [only = ''] = targets
  const before = periodOf(blocks)
  const ends = { keep: t.endKeep, now: t.endNow, none: t.endNone, at: t.endAt }
  return (
    <FormDialog
      operation="blocklist.custom.modify"
      initialValues={before}
      argumentsOf={(period) => [{ targets, ...changesOf(before, period, Date.now()) }]}
      label={t.modify}
      title={t.modifyTitle(targets.length === 1 ? only : t.several(format.number(targets.length)))}
      done={t.modified}
      {...(onDone && { onDone })}
    >
      {(form) => (
        <>
          <TextInput
            type="datetime-local"
            label={t.startsAt}
            description={t.startsAtKeep}
            {...form.getInputProps('startsAt')}
          />
          <Select
            label={t.end}
            data={ENDS.map((value) => ({ value, label: ends[value] }))}
            allowDeselect={false}
            {...form.getInputProps('end')}
          />
          {form.values.end === 'at' && (
            <TextInput type="datetime-local" label={t.endsAt} required {...form.getInputProps('endsAt')} />
          )}
          <TextInput
            label={t.reason}
            description={blocks.length === 1 ? t.reasonHint : t.reasonKeep}
            maxLength={300}
            {...form.getInputProps('reason')}
          />
        </>
      )}
    </FormDialog>
  )
}
