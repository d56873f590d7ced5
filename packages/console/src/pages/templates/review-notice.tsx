import type { TemplateView } from '@mailwright/core'
import { Alert, Button, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { componentTexts } from '../../components/texts.js'
import { useTexts } from '../../language/language.js'
import { PreviewPane } from './preview-pane.js'
import { templateTexts } from './texts.js'
import { usePreview } from './use-preview.js'

/** What the review means for sending, while the newest version is not approved (TPL-7). */
export function ReviewNotice({ template }: { readonly template: TemplateView }) {
  const t = useTexts(templateTexts)
  const { close } = useTexts(componentTexts)
  const [opened, dialog] = useDisclosure()
  const { review, approved } = template
  if (review.state === 'approved') return null
  return (
    <Alert color={review.state === 'rejected' ? 'red' : 'yellow'} title={t[review.state]}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {review.state === 'rejected' ? t.rejectedText : t.pendingText}{' '}
          {approved === null ? t.sendsNothing : t.sendsEarlier}
        </Text>
        {review.reason !== null && (
          <Text size="sm" fw={600} className="break">
            {t.reason(review.reason)}
          </Text>
        )}
        {approved !== null && (
          <Button variant="default" size="xs" onClick={dialog.open}>
            {t.showSending}
          </Button>
        )}
      </Stack>
      {approved !== null && (
        <Modal
          opened={opened}
          onClose={dialog.close}
          size="xl"
          title={t.sendingVersion}
          closeButtonProps={{ 'aria-label': close }}
        >
          <VersionPreview template={template.id} version={approved} />
        </Modal>
      )}
    </Alert>
  )
}

function VersionPreview({ template, version }: { readonly template: string; readonly version: string }) {
  return <PreviewPane previewed={usePreview({ template, version })} />
}
