import { METRICS, type MetricEntry, type Metrics } from '@mailwright/core'
import type { Meter, Observable, ObservableResult } from '@opentelemetry/api'

export interface OpenTelemetryOptions {
  /** Of the host's own meter provider: `metrics.getMeter('mailwright')`. */
  readonly meter: Meter
  /** Before every name. Default `mailwright.` */
  readonly prefix?: string
}

/** From a quick answer on the same machine to one that is plainly stuck. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
const MAILS = [1, 2, 5, 10, 25, 50, 100, 150, 200, 250, 500, 1_000]

/**
 * Core's metrics as instruments of an OpenTelemetry meter, under the same names and with core's units. Nothing is exported by itself: that is the business
 * of the host's meter provider and its reader.
 */
export function openTelemetry({ meter, prefix = 'mailwright.' }: OpenTelemetryOptions): Metrics {
  const made = <I>(entries: Readonly<Record<string, MetricEntry>>, make: (name: string, entry: MetricEntry) => I) =>
    new Map(Object.entries(entries).map(([name, entry]) => [name, make(`${prefix}${name}`, entry)]))
  const counters = made(METRICS.counters, (name, entry) => meter.createCounter(name, entry))
  const histograms = made(METRICS.histograms, (name, entry) =>
    meter.createHistogram(name, {
      ...entry,
      advice: { explicitBucketBoundaries: entry.unit === 's' ? SECONDS : MAILS },
    }),
  )
  const gauges = made(METRICS.gauges, (name, entry) => meter.createObservableGauge(name, entry))
  const observables: Observable[] = [...gauges.values()]
  return {
    add: (name, by, labels) => counters.get(name)?.add(by, { ...labels }),
    observe: (name, value, labels) => histograms.get(name)?.record(value, { ...labels }),
    watch(read) {
      const callback = async (result: {
        observe(metric: Observable, ...value: Parameters<ObservableResult['observe']>): void
      }) => {
        for (const { name, value, labels } of await read()) {
          const gauge = gauges.get(name)
          if (gauge) result.observe(gauge, value, { ...labels })
        }
      }
      meter.addBatchObservableCallback(callback, observables)
      return () => meter.removeBatchObservableCallback(callback, observables)
    },
  }
}
