import { Box, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../language/language.js'
import './mail-frame.css'
import { previewDocument } from './preview-document.js'
import { previewTexts } from './preview-texts.js'

/** CSS pixels: what mail is built for at least, and a common telephone. */
const WIDTHS = { desktop: '100%', mobile: '375px' } as const

/** Below it there is no room for a desktop beside the edges of the page. */
const NARROW = 700

type View = keyof typeof WIDTHS | 'text'

interface Props {
  readonly html: string | null
  readonly text: string
}

/** A mail as it looks, narrow and wide, and as text. The frame has no scripts, no origin and loads nothing (T18). */
export function MailFrame({ html, text }: Props) {
  const t = useTexts(previewTexts)
  const [chosen, setChosen] = useState<View>(() => (window.innerWidth < NARROW ? 'mobile' : 'desktop'))
  const view = html === null ? 'text' : chosen
  return (
    <Stack gap="xs">
      {html !== null && (
        <SegmentedControl
          aria-label={t.view}
          value={view}
          onChange={setChosen}
          data={(['desktop', 'mobile', 'text'] as const).map((value) => ({ value, label: t[value] }))}
          style={{ alignSelf: 'start' }}
        />
      )}
      {view === 'text' || html === null ? (
        <Textarea aria-label={t.text} value={text} readOnly autosize minRows={6} maxRows={24} />
      ) : (
        <Box component="section" className="mail-frame" aria-label={t.frame} tabIndex={0}>
          <iframe
            sandbox=""
            referrerPolicy="no-referrer"
            srcDoc={previewDocument(html)}
            title={t.frame}
            data-view={view}
            style={{ width: WIDTHS[view] }}
          />
        </Box>
      )}
      {html !== null && (
        <Text size="xs" c="dimmed">
          {t.safe}
        </Text>
      )}
    </Stack>
  )
}
