import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../../../language/language.js'
import { newTaskTexts } from './texts.js'

interface MovesProps {
  readonly back: () => void
  readonly children: ReactNode
}

/** Back at the left, and on at the right. */
export function Moves({ back, children }: MovesProps) {
  const t = useTexts(newTaskTexts)
  return (
    <Group justify="space-between">
      <Button variant="default" onClick={back}>
        {t.previous}
      </Button>
      {children}
    </Group>
  )
}
