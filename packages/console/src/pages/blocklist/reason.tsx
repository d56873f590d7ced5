import { Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

/** One reason in words, and at its end what can be done about it. */
export function Reason({ action, children }: { readonly action: ReactNode; readonly children: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} flex="1 1 18rem" className="break">
        {children}
      </Stack>
      <Group gap={4}>{action}</Group>
    </Group>
  )
}
