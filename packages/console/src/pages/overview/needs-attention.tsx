import { Alert, Anchor, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useCaller } from '../../api/caller.js'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { overviewTexts } from './texts.js'

const MOST = 100

/** Parked callbacks, and for operators what the doctor found. */
export function NeedsAttention() {
  const t = useTexts(overviewTexts)
  const { number } = useFormat()
  const { operator } = useCaller()
  const { data: parked } = useCall('callbacks.attempts', [{ state: 'parked', limit: MOST }])
  const { data: findings = [] } = useCall('doctor', [], { enabled: operator })
  const waiting = parked?.items.length ?? 0
  const errors = findings.filter(({ level }) => level === 'error').length
  if (waiting === 0 && findings.length === 0) return null
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t.attention}
      </Title>
      {findings.length > 0 && (
        <Notice
          serious={errors > 0}
          text={t.findings(number(errors), number(findings.length - errors))}
          page="doctor"
          link={t.toDoctor}
        />
      )}
      {waiting > 0 && (
        <Notice
          serious={false}
          text={t.parked(number(waiting) + (parked?.next === null ? '' : '+'))}
          page="callbacks"
          link={t.toCallbacks}
        />
      )}
    </Stack>
  )
}

interface NoticeProps {
  readonly serious: boolean
  readonly text: string
  readonly page: string
  readonly link: string
}

function Notice({ serious, text, page, link }: NoticeProps) {
  return (
    <Alert color={serious ? 'red' : 'yellow'} icon={<IconAlertTriangle />}>
      <Text size="sm">
        {text}{' '}
        <Anchor href={pageUrl(page)} c="inherit" underline="always">
          {link}
        </Anchor>
      </Text>
    </Alert>
  )
}
