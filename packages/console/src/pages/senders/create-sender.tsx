import { Alert, Select, TextInput } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { senderTexts } from './texts.js'

export function CreateSender() {
  const t = useTexts(senderTexts)
  const { data } = useCall('domains.list', [{ limit: 100 }])
  const verified = data?.items.filter(({ state }) => state === 'verified').map(({ name }) => name) ?? []
  return (
    <FormDialog
      operation="senders.create"
      initialValues={{ address: '', domain: verified[0] ?? '', name: '' }}
      argumentsOf={({ address, domain, name }) => [
        { address: `${address.trim()}@${domain}`, ...(name.trim() === '' ? {} : { name: name.trim() }) },
      ]}
      label={t.create}
      title={t.create}
      submitLabel={t.create}
      primary
      done={({ address }) => t.created(address)}
    >
      {(form) => (
        <>
          {data !== undefined && verified.length === 0 && <Alert color="yellow">{t.noDomain}</Alert>}
          <Select label={t.domain} data={verified} searchable required {...form.getInputProps('domain')} />
          <TextInput
            label={t.prefix}
            description={t.prefixHint}
            required
            data-autofocus
            rightSection={`@${form.values.domain}`}
            rightSectionWidth="auto"
            {...form.getInputProps('address')}
          />
          <TextInput label={t.name} description={t.nameHint} {...form.getInputProps('name')} />
        </>
      )}
    </FormDialog>
  )
}
