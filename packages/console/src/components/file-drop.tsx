import { Button, FileButton, Stack, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTexts } from '../language/language.js'
import { componentTexts } from './texts.js'

interface Props {
  readonly accept: string
  readonly onFile: (file: File) => void
  /** Default: that a CSV file belongs here. */
  readonly hint?: string
  readonly busy?: boolean
}

/** A place to drop a file on, or to choose one. */
export function FileDrop({ accept, onFile, hint, busy }: Props) {
  const t = useTexts(componentTexts)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files.item(0)
    if (file !== null) onFile(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    <div
      className="file-drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack align="center" gap="xs">
        <IconFileUpload size={28} stroke={1.4} aria-hidden />
        <Text size="sm">{hint ?? t.drop}</Text>
        <FileButton
          accept={accept}
          onChange={(file) => file !== null && onFile(file)}
          inputProps={{ 'aria-label': t.choose }}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={busy ?? false}>
              {t.choose}
            </Button>
          )}
        </FileButton>
      </Stack>
    </div>
  )
}
