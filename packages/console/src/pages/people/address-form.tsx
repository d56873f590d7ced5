import type { PersonExport } from '@mailwright/core'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useOperationForm } from '../../components/form-dialog.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { peopleTexts } from './texts.js'

/** Asked for once, by a button: it is audited, and never read again by itself. */
export function AddressForm({ onFound }: { readonly onFound: (person: PersonExport) => void }) {
  const t = useTexts(peopleTexts)
  const { form, submit, error, pending } = useOperationForm('people.export', { address: '' }, ({ address }) => [
    address.trim(),
  ])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit(onFound)
      }}
    >
      <Stack className="panel" gap="sm">
        {error !== null && <ProblemAlert error={error} />}
        <Group align="flex-end">
          <TextInput
            label={t.address}
            placeholder="ann@example.org"
            required
            autoComplete="off"
            flex="1 1 16rem"
            maw="28rem"
            {...form.getInputProps('address')}
          />
          <Button type="submit" loading={pending}>
            {t.show}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
