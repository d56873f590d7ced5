import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

const PAUSE_MS = 300

/** Asks when one has stopped typing for a moment. */
export function SearchFilter({ label, value, onChange }: Props) {
  const [typed, type] = useState(value)
  const ask = useDebouncedCallback(onChange, PAUSE_MS)
  return (
    <TextInput
      label={label}
      type="search"
      value={typed}
      onChange={({ currentTarget }) => {
        type(currentTarget.value)
        ask(currentTarget.value.trim().toLowerCase())
      }}
      w={220}
    />
  )
}
