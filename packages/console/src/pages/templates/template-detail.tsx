import type { TemplateDetail as Stored } from '@mailwright/core'
import { Anchor, Group, Stack, Text } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { goTo, pageUrl } from '../../app/route.js'
import { ActionButton } from '../../components/action-button.js'
import { CopyValue } from '../../components/copy-value.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { EditTemplate } from './edit-template.js'
import { ReviewNotice } from './review-notice.js'
import { SendLink } from './send-link.js'
import { TemplateReview } from './template-review.js'
import { templateTexts } from './texts.js'

export function TemplateDetail({ nameOrId }: { readonly nameOrId: string }) {
  const t = useTexts(templateTexts)
  const { data: template, error, refetch } = useCall('templates.get', [nameOrId])
  if (template === undefined)
    return error === null ? <Loading /> : <ProblemAlert error={error} retry={() => void refetch()} />
  return (
    <Page
      title={template.name}
      intro={<Anchor href={pageUrl('templates')}>{t.back}</Anchor>}
      actions={
        <>
          <SendLink template={template} />
          <ActionButton
            operation="templates.delete"
            args={[template.id]}
            color="red"
            confirm={{ title: t.deleteTitle(template.name), text: t.deleteText }}
            done={t.deleted}
            onDone={() => goTo('templates')}
          >
            {t.delete}
          </ActionButton>
        </>
      }
    >
      <Standing template={template} />
      <ReviewNotice template={template} />
      <EditTemplate key={template.id} stored={template} />
    </Page>
  )
}

function Standing({ template }: { readonly template: Stored }) {
  const t = useTexts(templateTexts)
  const format = useFormat()
  return (
    <Group className="panel" gap="xl" align="flex-start">
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t.state}
        </Text>
        <TemplateReview template={template} />
      </Stack>
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t.version}
        </Text>
        <Text fw={600}>{format.number(template.version.number)}</Text>
        <Text size="xs" c="dimmed">
          {t.changed} <When at={template.version.createdAt} />
        </Text>
      </Stack>
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t.type}
        </Text>
        <Text fw={600}>{t[template.type]}</Text>
      </Stack>
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          ID
        </Text>
        <CopyValue value={template.id} label="ID" />
      </Stack>
    </Group>
  )
}
