import type { TemplateView } from '@mailwright/core'
import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMay } from '../../api/caller.js'
import { pageUrl } from '../../app/route.js'
import { useTexts } from '../../language/language.js'
import { templateTexts } from './texts.js'

/** Leads to the page that sends it, if it and the role can. */
export function SendLink({
  template,
  compact = false,
}: {
  readonly template: TemplateView
  readonly compact?: boolean
}) {
  const t = useTexts(templateTexts)
  const may = useMay('sendRegular')
  if (!may || template.approved === null) return null
  return (
    <Button
      component="a"
      href={`${pageUrl('send')}?template=${encodeURIComponent(template.id)}`}
      variant="default"
      size="xs"
      leftSection={compact ? undefined : <IconSend size={16} />}
      aria-label={t.sendOne(template.name)}
    >
      {compact ? t.sendShort : t.send}
    </Button>
  )
}
