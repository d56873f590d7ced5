import type { RejectedView } from '@mailwright/core'
import { Alert, Textarea } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { rejectTexts } from './reject-texts.js'

/** Lets a sender domain write to an address again, for a reason that is kept. */
export function LiftReject({ reject: { address, senderDomain } }: { readonly reject: RejectedView }) {
  const t = useTexts(rejectTexts)
  return (
    <FormDialog
      operation="blocklist.rejects.lift"
      initialValues={{ reason: '' }}
      argumentsOf={({ reason }) => [{ address, senderDomain, reason: reason.trim() }]}
      label={t.lift}
      title={t.liftTitle(address, senderDomain)}
      submitLabel={t.lift}
      done={t.liftDone}
    >
      {(form) => (
        <>
          <Alert color="yellow">{t.liftText}</Alert>
          <Textarea
            label={t.liftReason}
            description={t.liftReasonHint}
            required
            maxLength={300}
            autosize
            minRows={2}
            data-autofocus
            {...form.getInputProps('reason')}
          />
        </>
      )}
    </FormDialog>
  )
}
