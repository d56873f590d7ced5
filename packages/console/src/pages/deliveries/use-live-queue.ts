import type { QueueStatus, QueueStatusInput } from '@mailwright/core'
import { useEffect, useState } from 'react'
import { useMay } from '../../api/caller.js'
import { hrefOf } from '../../api/url-of.js'

export interface LiveQueue {
  readonly status: QueueStatus | null
  readonly connection: 'connecting' | 'live' | 'lost'
}

const AGAIN_MS = 5_000
const BEGINNING: LiveQueue = { status: null, connection: 'connecting' }

/**
 * The queue as the server tells it, at once and within two seconds of each change (DLV-1). A browser connects again by itself when a connection breaks off, but
 * not when it was refused, as by a proxy while the server restarts.
 */
export function useLiveQueue(input: QueueStatusInput): LiveQueue {
  const may = useMay('deliveries.live')
  const [live, setLive] = useState(BEGINNING)
  const href = hrefOf('deliveries.live', input)
  useEffect(() => {
    if (!may) return
    setLive(BEGINNING)
    let source: EventSource
    let later: ReturnType<typeof setTimeout>
    const connect = () => {
      source = new EventSource(href)
      source.addEventListener('queue-status', ({ data }: MessageEvent<string>) =>
        setLive({ status: JSON.parse(data) as QueueStatus, connection: 'live' }),
      )
      source.onerror = () => {
        setLive(({ status }) => ({ status, connection: 'lost' }))
        if (source.readyState === EventSource.CLOSED) later = setTimeout(connect, AGAIN_MS)
      }
    }
    connect()
    return () => {
      clearTimeout(later)
      source.close()
    }
  }, [href, may])
  return live
}
