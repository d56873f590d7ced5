import { inspect } from 'node:util'
import type { Logger, Metrics } from '@mailwright/core'
import { afterEach, beforeEach, vi } from 'vitest'

/** All of it: hidden fields, causes, stacks, however deep. */
const whole = (value: unknown): string =>
  inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null, breakLength: 200 })

/** Hears whatever leaves a service by its side doors: logger, metrics, the streams of the process, errors. */
export interface Witness {
  readonly logger: Logger
  readonly metrics: Metrics
  /** Names of what was logged. */
  readonly events: readonly string[]
  /** Keeps what was thrown to somebody, or answered to him as an error. */
  note(thing: unknown): void
  noteResponse(response: Response): Promise<void>
  /** Everything that was heard. */
  text(): string
}

export function aWitness(): Witness {
  const heard: string[] = []
  const events: string[] = []
  return {
    logger: {
      log(level, event, fields) {
        events.push(event)
        heard.push(`${level} ${event} ${whole(fields)} ${JSON.stringify(fields)}`)
      },
    },
    metrics: {
      add: (name, by, labels) => void heard.push(`${name} ${by} ${whole(labels)}`),
      observe: (name, value, labels) => void heard.push(`${name} ${value} ${whole(labels)}`),
      watch(read) {
        void read().then((gauges) => heard.push(whole(gauges)))
        return () => undefined
      },
    },
    events,
    note: (thing) => void heard.push(whole(thing), String(thing)),
    async noteResponse(response) {
      heard.push(`${response.status} ${whole([...response.headers])} ${await response.text()}`)
    },
    text: () => [...heard, ...streams].join('\n'),
  }
}

/** What the process itself has written since the test began. */
const streams: string[] = []
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const

export function forgetStreams(): void {
  streams.length = 0
}

/** Call it once in a file. */
export function watchStreams(): void {
  const warned = (warning: Error) => void streams.push(whole(warning))
  beforeEach(() => {
    forgetStreams()
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((chunk) => streams.push(Buffer.from(chunk).toString()) > 0)
    for (const method of METHODS)
      vi.spyOn(console, method).mockImplementation((...said: readonly unknown[]) => void streams.push(whole(said)))
    process.on('warning', warned)
  })
  afterEach(() => {
    process.off('warning', warned)
    vi.restoreAllMocks()
  })
}
