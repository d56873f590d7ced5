import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'

export type Tone = 'good' | 'busy' | 'waiting' | 'bad' | 'over'

const colors: Readonly<Record<Tone, string>> = {
  good: 'teal.9',
  busy: 'blue.8',
  waiting: 'yellow.4',
  bad: 'red.9',
  over: 'gray.7',
}

/** A state as a word; its colour only helps. */
export function StateBadge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <Badge color={colors[tone]}>{children}</Badge>
}
