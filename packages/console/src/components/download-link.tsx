import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Operation } from '../api/operations.js'
import { hrefOf } from '../api/url-of.js'
import { useTexts } from '../language/language.js'
import { componentTexts } from './texts.js'

interface Props {
  readonly operation: Operation
  readonly input?: object
  readonly label?: string
}

/** Saves what an operation answers as a file, streamed by the browser. */
export function DownloadLink({ operation, input, label }: Props) {
  const t = useTexts(componentTexts)
  return (
    <Button
      component="a"
      href={hrefOf(operation, input)}
      download
      variant="default"
      size="xs"
      leftSection={<IconDownload size={16} />}
    >
      {label ?? t.download}
    </Button>
  )
}
