import type { TemplateDetail, TemplateView } from '@mailwright/core'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useMay } from '../../api/caller.js'
import { goTo } from '../../app/route.js'
import { useOperationForm } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { editorTexts } from './editor-texts.js'
import { changesOf, draftOf, makesVersion, type TemplateDraft } from './template-draft.js'
import { TemplateWorkbench } from './template-workbench.js'

/** What was read or saved last, which the editor's content is compared with. */
interface Base {
  readonly draft: TemplateDraft
  readonly version: number
}

const baseOf = (stored: TemplateDetail): Base => ({ draft: draftOf(stored), version: stored.version.number })

export function EditTemplate({ stored }: { readonly stored: TemplateDetail }) {
  const e = useTexts(editorTexts)
  const format = useFormat()
  const readOnly = !useMay('templates.update')
  const [base, setBase] = useState(() => baseOf(stored))
  const { form, submit, error, pending, clear } = useOperationForm('templates.update', base.draft, (draft) => [
    stored.id,
    changesOf(base.draft, draft),
  ])
  const changes = changesOf(base.draft, form.values)
  const changed = Object.keys(changes).length > 0
  const load = (next: Base) => {
    setBase(next)
    form.setValues(next.draft)
    form.clearErrors()
    clear()
  }
  const saved = ({ name, version, review }: TemplateView) => {
    setBase({ draft: { ...form.values, name }, version: version.number })
    form.setFieldValue('name', name)
    notifications.show({ color: 'green', message: e.saved(format.number(version.number), review.state === 'approved') })
    // The address may hold the former name.
    goTo('templates', stored.id)
  }
  return (
    <TemplateWorkbench form={form} readOnly={readOnly} saveError={error} onSubmit={() => void submit(saved)}>
      {!readOnly && (
        <Stack gap="xs">
          {stored.version.number > base.version && (
            <Alert color="yellow">
              <Text size="sm">{e.newer(format.number(stored.version.number))}</Text>
              <Button variant="default" size="xs" mt="xs" onClick={() => load(baseOf(stored))}>
                {e.loadNewer}
              </Button>
            </Alert>
          )}
          <Group>
            <Button type="submit" loading={pending} disabled={!changed}>
              {makesVersion(changes)
                ? e.saveVersion(format.number(Math.max(base.version, stored.version.number) + 1))
                : e.save}
            </Button>
            {changed ? (
              <Button variant="default" onClick={() => load(base)}>
                {e.discard}
              </Button>
            ) : (
              <Text size="sm" c="dimmed">
                {e.unchanged}
              </Text>
            )}
          </Group>
        </Stack>
      )}
    </TemplateWorkbench>
  )
}
