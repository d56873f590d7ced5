import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
}

const PAUSE_MS = 300

/** A text to filter by, which is asked about once somebody has stopped typing. */
export function TextFilter({ label, value, onChange, placeholder }: Props) {
  const [text, setText] = useState(value)
  // The address may change by other ways than by typing here.
  useEffect(() => setText((typed) => (typed.trim() === value ? typed : value)), [value])
  const settled = useDebouncedCallback(onChange, PAUSE_MS)
  return (
    <TextInput
      label={label}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        settled(currentTarget.value.trim())
      }}
      w={240}
    />
  )
}
