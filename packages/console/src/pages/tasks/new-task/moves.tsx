import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../../../language/language.js'
import { newTaskTexts } from './texts.js'

interface Props {
  readonly back: () => void
  readonly children: ReactNode
}

/** The way back, and the way on. */
export function Moves({ back, children }: Props) {
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
