import { Button, Group } from '@mantine/core'
import { pageUrl, useRoute } from '../../app/route.js'
import { useTexts } from '../../language/language.js'
import { ipTexts } from './texts.js'

const PARTS = [
  ['', 'list'],
  ['apply', 'calculator'],
  ['bill', 'bill'],
  ['ledger', 'ledger'],
] as const

export function PartLinks() {
  const t = useTexts(ipTexts)
  const [, here = ''] = useRoute().path
  return (
    <Group component="nav" gap={4} aria-label={t.parts}>
      {PARTS.map(([part, title]) => (
        <Button
          key={title}
          component="a"
          size="xs"
          href={part === '' ? pageUrl('dedicated-ips') : pageUrl('dedicated-ips', part)}
          variant={here === part ? 'filled' : 'default'}
          aria-current={here === part ? 'page' : undefined}
        >
          {t[title]}
        </Button>
      ))}
    </Group>
  )
}
