import { Anchor, Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { goTo, pageUrl } from '../../app/route.js'
import { useOperationForm } from '../../components/form-dialog.js'
import { Page } from '../../components/page.js'
import { useTexts } from '../../language/language.js'
import { editorTexts } from './editor-texts.js'
import { creationOf, NEW_DRAFT } from './template-draft.js'
import { TemplateWorkbench } from './template-workbench.js'
import { templateTexts } from './texts.js'

export function CreateTemplate() {
  const t = useTexts(templateTexts)
  const e = useTexts(editorTexts)
  const { form, submit, error, pending } = useOperationForm('templates.create', NEW_DRAFT, (draft) => [
    creationOf(draft),
  ])
  const create = () =>
    submit(({ id, name, review }) => {
      notifications.show({ color: 'green', message: t.created(name, review.state === 'approved') })
      goTo('templates', id)
    })
  return (
    <Page
      title={e.newTitle}
      intro={
        <>
          {e.newIntro}{' '}
          <Anchor href={pageUrl('templates')} underline="always">
            {t.back}
          </Anchor>
        </>
      }
    >
      <TemplateWorkbench form={form} isNew saveError={error} onSubmit={() => void create()}>
        <Group>
          <Button type="submit" loading={pending}>
            {e.submit}
          </Button>
        </Group>
      </TemplateWorkbench>
    </Page>
  )
}
