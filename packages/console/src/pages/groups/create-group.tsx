import { Textarea, TextInput } from '@mantine/core'
import { goTo } from '../../app/route.js'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { groupTexts } from './texts.js'

/** Makes an empty group, and shows where its file goes. */
export function CreateGroup() {
  const t = useTexts(groupTexts)
  return (
    <FormDialog
      operation="groups.create"
      initialValues={{ name: '', description: '' }}
      argumentsOf={({ name, description }) => [{ name: name.trim(), description: description.trim() }]}
      label={t.create}
      title={t.create}
      submitLabel={t.create}
      primary
      done={({ name }) => t.created(name)}
      onDone={({ name }) => goTo('groups', name)}
    >
      {(form) => (
        <>
          <TextInput
            label={t.name}
            description={t.nameHint}
            required
            maxLength={100}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Textarea
            label={t.description}
            description={t.descriptionHint}
            autosize
            minRows={2}
            {...form.getInputProps('description')}
          />
        </>
      )}
    </FormDialog>
  )
}
