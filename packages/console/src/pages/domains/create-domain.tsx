import { TextInput } from '@mantine/core'
import { goTo } from '../../app/route.js'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { domainTexts } from './texts.js'

/** Claims a domain, and shows its checklist. */
export function CreateDomain() {
  const t = useTexts(domainTexts)
  return (
    <FormDialog
      operation="domains.create"
      initialValues={{ name: '' }}
      argumentsOf={({ name }) => [{ name: name.trim() }]}
      label={t.create}
      title={t.create}
      submitLabel={t.create}
      primary
      done={({ name }) => t.created(name)}
      onDone={({ name }) => goTo('domains', name)}
    >
      {(form) => (
        <TextInput
          label={t.name}
          description={t.createHint}
          placeholder="mail.shop.example"
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
      )}
    </FormDialog>
  )
}
