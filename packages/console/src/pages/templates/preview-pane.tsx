import { Alert, Group, List, Loader, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { MailFrame } from './mail-frame.js'
import { previewTexts } from './preview-texts.js'
import type { Preview, Previewed } from './use-preview.js'

interface Props {
  readonly previewed: Previewed
  /** Stands above the mail: the values it is filled with. */
  readonly children?: ReactNode
}

/** A mail as a recipient would see it, with what should be looked at (TPL-5). */
export function PreviewPane({ previewed: { shown, error, busy }, children }: Props) {
  const t = useTexts(previewTexts)
  const format = useFormat()
  return (
    <Stack className="panel" gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.preview}
        </Title>
        {busy && <Loader size="xs" aria-hidden />}
      </Group>
      {children}
      {shown === null ? (
        <Text c="dimmed">{error === null ? t.waiting : t.blocked}</Text>
      ) : (
        <>
          {error !== null && (
            <Text size="sm" fw={600}>
              {t.stale}
            </Text>
          )}
          <Text size="sm" className="break">
            <Text span c="dimmed" inherit>
              {t.subject}{' '}
            </Text>
            {shown.subject === null ? (
              <Text span c="dimmed" inherit>
                {t.noSubject}
              </Text>
            ) : (
              <strong>{shown.subject}</strong>
            )}
          </Text>
          <MailFrame html={shown.html} text={shown.text} />
          <Text size="xs" c="dimmed">
            {t.size(shown.size < 1_024 ? t.bytes(format.number(shown.size)) : format.kilobytes(shown.size))}
          </Text>
          <Warnings warnings={shown.warnings} />
        </>
      )}
    </Stack>
  )
}

function Warnings({ warnings }: Pick<Preview, 'warnings'>) {
  const t = useTexts(previewTexts)
  const format = useFormat()
  if (warnings.length === 0) return null
  const where = (lines: readonly number[]) =>
    lines.length === 1 ? t.line(format.number(lines[0] ?? 1)) : t.lines(lines.map(format.number).join(', '))
  return (
    <Alert color="yellow" icon={<IconAlertTriangle />} title={t.warnings}>
      <List size="sm">
        {warnings.map(({ code, count, lines }) => (
          <List.Item key={code}>
            {t[code]}
            {code !== 'over-102-kb' && ` ${where(lines)} (${format.number(count)}).`}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
