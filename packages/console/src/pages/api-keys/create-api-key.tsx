import type { ApiKeyView, NewApiKey } from '@mailwright/core'
import { Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { parseTags } from '../../components/tag-lines.js'
import { useTexts } from '../../language/language.js'
import { apiKeyTexts } from './texts.js'

const ROLES = [
  ['viewer', 'viewerHint'],
  ['sender', 'senderHint'],
  ['admin', 'adminHint'],
] as const

interface Values {
  name: string
  role: ApiKeyView['role']
  tags: string
  expiresAt: string
}

const blank: Values = { name: '', role: 'sender', tags: '', expiresAt: '' }

export function CreateApiKey({ onMade }: { readonly onMade: (made: NewApiKey) => void }) {
  const t = useTexts(apiKeyTexts)
  return (
    <FormDialog
      operation="apiKeys.create"
      initialValues={blank}
      argumentsOf={({ name, role, tags, expiresAt }) => [
        {
          name: name.trim(),
          role,
          tags: parseTags(tags),
          ...(expiresAt === '' ? {} : { expiresAt: new Date(expiresAt).getTime() }),
        },
      ]}
      label={t.create}
      title={t.create}
      submitLabel={t.create}
      primary
      done={({ name }) => t.created(name)}
      onDone={onMade}
    >
      {(form) => (
        <>
          <TextInput label={t.name} description={t.nameHint} required data-autofocus {...form.getInputProps('name')} />
          <Radio.Group label={t.role} required {...form.getInputProps('role')}>
            <Stack gap="xs" mt="xs">
              {ROLES.map(([role, hint]) => (
                <Radio key={role} value={role} label={t[hint]} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea label={t.tags} description={t.tagsHint} autosize minRows={2} {...form.getInputProps('tags')} />
          <TextInput
            type="datetime-local"
            label={t.expires}
            description={t.expiresHint}
            {...form.getInputProps('expiresAt')}
          />
        </>
      )}
    </FormDialog>
  )
}
