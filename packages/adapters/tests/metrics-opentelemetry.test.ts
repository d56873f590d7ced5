import { openTelemetry } from '@mailwright/adapters/metrics/opentelemetry'
import { METRICS } from '@mailwright/core'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { describe, expect, it } from 'vitest'

class AskedReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

/** Whatever a real meter has collected, by name. */
async function collected(reader: AskedReader) {
  const { resourceMetrics, errors } = await reader.collect()
  expect(errors).toEqual([])
  return new Map(
    resourceMetrics.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .map(({ descriptor, dataPoints }) => [
        descriptor.name,
        { unit: descriptor.unit, points: dataPoints.map(({ attributes, value }) => ({ attributes, value })) },
      ]),
  )
}

function aMeter() {
  const reader = new AskedReader()
  const provider = new MeterProvider({ readers: [reader] })
  return { reader, metrics: openTelemetry({ meter: provider.getMeter('test') }) }
}

describe('the OpenTelemetry adapter', () => {
  it('adds up counters under their labels, in their units', async () => {
    const { reader, metrics } = aMeter()
    metrics.add('mail.outcomes', 3, { outcome: 'delivered' })
    metrics.add('mail.outcomes', 4, { outcome: 'delivered' })
    metrics.add('mail.outcomes', 1, { outcome: 'bounced' })
    expect((await collected(reader)).get('mailwright.mail.outcomes')).toEqual({
      unit: '{mail}',
      points: [
        { attributes: { outcome: 'delivered' }, value: 7 },
        { attributes: { outcome: 'bounced' }, value: 1 },
      ],
    })
  })

  it('keeps durations in seconds, in buckets that reach from a millisecond to five minutes', async () => {
    const { reader, metrics } = aMeter()
    metrics.observe('storage.duration', 0.004, { operation: 'apply' })
    metrics.observe('storage.duration', 400, { operation: 'apply' })
    const found = (await collected(reader)).get('mailwright.storage.duration')
    expect(found?.unit).toBe('s')
    expect(found?.points[0]?.value).toMatchObject({
      count: 2,
      buckets: { boundaries: expect.arrayContaining([0.001, 300]) },
    })
  })

  it('reads gauges when they are collected, and no more once it was told to stop', async () => {
    const { reader, metrics } = aMeter()
    let asked = 0
    const stop = metrics.watch(async () => {
      asked += 1
      return [{ name: 'work.overdue', value: asked, labels: { work: 'chunk' } }]
    })
    const points = async () => (await collected(reader)).get('mailwright.work.overdue')?.points ?? []
    expect(await points()).toEqual([{ attributes: { work: 'chunk' }, value: 1 }])
    expect(await points()).toEqual([{ attributes: { work: 'chunk' }, value: 2 }])
    stop()
    await points()
    expect(asked).toBe(2)
  })

  it('has an instrument for every metric of core', () => {
    const names: string[] = []
    const made = (name: string) => void names.push(name)
    const meter = new Proxy(new MeterProvider().getMeter('test'), {
      get: (target, verb: 'createCounter', self) => {
        const make: unknown = Reflect.get(target, verb, self)
        if (typeof make !== 'function') return make
        return (name: string, ...rest: readonly unknown[]) => {
          if (verb.startsWith('create')) made(name)
          return make.call(target, name, ...rest) as unknown
        }
      },
    })
    openTelemetry({ meter })
    const wanted = Object.values(METRICS).flatMap((group) => Object.keys(group))
    expect(wanted.length).toBeGreaterThan(20)
    expect(names).toEqual(wanted.map((name) => `mailwright.${name}`))
  })
})
