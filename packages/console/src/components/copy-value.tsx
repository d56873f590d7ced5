import { ActionIcon, CopyButton, Group, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTexts } from '../language/language.js'
import { componentTexts } from './texts.js'

interface Props {
  readonly value: string
  /** Stands in its place, such as the end of a long id; default the value. */
  readonly shown?: string
  /** What a screen reader says is copied; default the value. */
  readonly label?: string
}

/** A value to be put somewhere else, with a button that copies it. */
export function CopyValue({ value, shown, label }: Props) {
  const t = useTexts(componentTexts)
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <Text component="span" className="value" lineClamp={4} title={value}>
        {shown ?? value}
      </Text>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            size="sm"
            color={copied ? 'green' : 'gray'}
            onClick={copy}
            aria-label={copied ? t.copied : `${t.copy}: ${label ?? value}`}
          >
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  )
}
