import type { CallbackView, CallbackWithSecret } from '@mailwright/core'
import { NumberInput, Text, TextInput } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { callbackTexts } from './texts.js'

interface Props {
  readonly callback: CallbackView
  readonly onSaved: (saved: CallbackWithSecret) => void
}

interface Values {
  readonly secret: string
  /** As NumberInput has it; '' for nothing. */
  readonly overlapHours: number | string
}

/** Makes a new secret, which is shown once. */
export function RotateSecret({ callback: { id }, onSaved }: Props) {
  const t = useTexts(callbackTexts)
  const initialValues: Values = { secret: '', overlapHours: '' }
  return (
    <FormDialog
      operation="callbacks.rotateSecret"
      initialValues={initialValues}
      argumentsOf={({ secret, overlapHours }) => [
        {
          id,
          ...(secret.trim() === '' ? {} : { secret: secret.trim() }),
          ...(overlapHours === '' ? {} : { overlapHours: Number(overlapHours) }),
        },
      ]}
      label={t.rotate}
      title={t.rotate}
      submitLabel={t.rotate}
      done={t.rotated}
      onDone={onSaved}
    >
      {(form) => (
        <>
          <Text size="sm">{t.rotateText}</Text>
          <NumberInput
            label={t.overlap}
            description={t.overlapHint}
            min={0}
            max={720}
            allowDecimal={false}
            {...form.getInputProps('overlapHours')}
          />
          <TextInput
            label={t.ownSecret}
            description={t.rotateSecretHint}
            autoComplete="off"
            {...form.getInputProps('secret')}
          />
        </>
      )}
    </FormDialog>
  )
}
