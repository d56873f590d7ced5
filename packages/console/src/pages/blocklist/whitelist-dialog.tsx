import { Text, Textarea, TextInput } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { givenLines, refusedLine } from './given-lines.js'
import { blocklistTexts } from './texts.js'

/** Whitelists what is pasted, be it on the invalid list now or not. */
export function WhitelistDialog() {
  const t = useTexts(blocklistTexts)
  return (
    <FormDialog
      operation="blocklist.invalid.whitelist"
      initialValues={{ addresses: '', reason: '' }}
      argumentsOf={({ addresses, reason }) => [{ addresses: givenLines(addresses), reason: reason.trim() }]}
      explain={(problem, { addresses }) => {
        const line = refusedLine(problem, { addresses: givenLines(addresses) })
        return line === null ? null : { addresses: t.notRead(line) }
      }}
      label={t.whitelistTitle}
      title={t.whitelistTitle}
      submitLabel={t.whitelist}
      primary
      done={t.whitelistDone}
    >
      {(form) => (
        <>
          <Text size="sm">{t.whitelistHint}</Text>
          <Textarea
            label={t.addresses}
            description={t.addressesHint}
            required
            autosize
            minRows={3}
            maxRows={12}
            data-autofocus
            {...form.getInputProps('addresses')}
          />
          <TextInput label={t.reason} description={t.reasonHint} {...form.getInputProps('reason')} />
        </>
      )}
    </FormDialog>
  )
}
