import type { PreviewTemplateInput } from '@mailwright/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { Problem } from '../../api/problem.js'
import type { AnswerOf } from '../../api/signatures.js'
import { useCall } from '../../api/use-call.js'

export type Preview = AnswerOf<'templates.preview'>

export interface Previewed {
  /** The last one that worked. */
  readonly shown: Preview | null
  readonly error: Problem | null
  readonly busy: boolean
}

const PAUSE_MS = 350

/** Asks for the preview when the writing pauses; null asks nothing. While something is wrong, the last good one stays. */
export function usePreview(input: PreviewTemplateInput | null): Previewed {
  const wanted = input === null ? null : JSON.stringify(input)
  const [asked] = useDebouncedValue(wanted, PAUSE_MS)
  const given = asked === null ? {} : (JSON.parse(asked) as PreviewTemplateInput)
  const { data, error, isFetching } = useCall('templates.preview', [given], { enabled: asked !== null })
  const [shown, setShown] = useState<Preview | null>(null)
  useEffect(() => {
    if (asked === null) setShown(null)
    else if (data !== undefined) setShown(data)
  }, [asked, data])
  return { shown, error: asked === null ? null : error, busy: wanted !== asked || isFetching }
}
