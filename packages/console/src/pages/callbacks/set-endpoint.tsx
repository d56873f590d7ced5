import type { CallbackView, CallbackWithSecret } from '@mailwright/core'
import { Autocomplete } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { EndpointFields, endpointOf, valuesOf } from './endpoint-fields.js'
import { callbackTexts } from './texts.js'

interface Props {
  /** The one that is changed; left out: a new one. */
  readonly callback?: CallbackView
  readonly onSaved: (saved: CallbackWithSecret) => void
}

export function SetAccount({ callback, onSaved, primary }: Props & { readonly primary?: boolean }) {
  const t = useTexts(callbackTexts)
  return (
    <FormDialog
      operation="callbacks.setAccount"
      initialValues={valuesOf(callback)}
      argumentsOf={(values) => [endpointOf(values)]}
      label={callback ? t.change : t.setAccount}
      title={callback ? t.changeTitle(t.allSenders) : t.setAccount}
      done={({ verifiedAt }) => (verifiedAt === null ? t.savedByForce : t.saved)}
      onDone={onSaved}
      {...(primary && { primary })}
    >
      {(form) => <EndpointFields form={form} />}
    </FormDialog>
  )
}

export function SetSender({ callback, onSaved }: Props) {
  const t = useTexts(callbackTexts)
  return (
    <FormDialog
      operation="callbacks.setSender"
      initialValues={valuesOf(callback)}
      argumentsOf={(values) => [{ sender: values.sender.trim(), ...endpointOf(values) }]}
      label={callback ? t.change : t.setSender}
      title={callback ? t.changeTitle(callback.sender ?? '') : t.setSender}
      done={({ verifiedAt }) => (verifiedAt === null ? t.savedByForce : t.saved)}
      onDone={onSaved}
    >
      {(form) => (
        <>
          {callback === undefined && <SenderField {...form.getInputProps('sender')} required data-autofocus />}
          <EndpointFields form={form} />
        </>
      )}
    </FormDialog>
  )
}

interface SenderFieldProps {
  readonly value?: string
  readonly onChange?: (value: string) => void
  readonly error?: React.ReactNode
  readonly required?: boolean
  readonly 'data-autofocus'?: boolean
}

/** One of the account's senders; the first hundred are proposed, any can be typed. */
export function SenderField(props: SenderFieldProps) {
  const t = useTexts(callbackTexts)
  const { data } = useCall('senders.list', [{ limit: 100 }])
  return <Autocomplete label={t.sender} data={data?.items.map(({ address }) => address) ?? []} {...props} />
}
