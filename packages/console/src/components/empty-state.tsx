import { Center, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** What to do next. */
  readonly next: string
  readonly action?: ReactNode
}

export function EmptyState({ title, next, action }: Props) {
  return (
    <Center className="panel" mih="14rem">
      <Stack align="center" gap="xs" maw="34rem" ta="center">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed">{next}</Text>
        {action}
      </Stack>
    </Center>
  )
}
