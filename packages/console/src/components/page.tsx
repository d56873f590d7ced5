import { Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  readonly title: string
  /** One or two sentences: what this is for. */
  readonly intro?: ReactNode
  /** What can be done here, at the right of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page: its title is the document's, and takes the focus, so that a screen reader says where one has come to. */
export function Page({ title, intro, actions, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Mailwright`
    heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    <Stack gap="lg" pb="xl">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 20rem">
          <Title order={1} size="h2" ref={heading} tabIndex={-1} className="break">
            {title}
          </Title>
          {intro && (
            <Text c="dimmed" maw="46rem">
              {intro}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
