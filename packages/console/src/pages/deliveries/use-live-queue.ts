import type { QueueStatus, QueueStatusInput } from '@mailwright/core'
import { useEffect, useState } from 'react'
import { useMay } from '../../api/caller.js'
import { hrefOf } from '../../api/url-of.js'

export interface LiveQueue {
  readonly status: QueueStatus | null
  readonly connection: 'connecting' | 'live' | 'lost'
}

/** The queue as the server tells it, at once and within two seconds of each change (DLV-1). The browser connects again by itself. */
export function useLiveQueue(input: QueueStatusInput): LiveQueue {
  const may = useMay('deliveries.live')
  const [live, setLive] = useState<LiveQueue>({ status: null, connection: 'connecting' })
  const href = hrefOf('deliveries.live', input)
  useEffect(() => {
    if (!may) return
    const source = new EventSource(href)
    source.addEventListener('queue-status', ({ data }: MessageEvent<string>) =>
      setLive({ status: JSON.parse(data) as QueueStatus, connection: 'live' }),
    )
    source.onerror = () => setLive((before) => ({ ...before, connection: 'lost' }))
    return () => source.close()
  }, [href, may])
  return live
}
