import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

export interface Measured {
  readonly mails: number
  readonly mailsPerSecond: number
  /** CPU of the measured process, user and system, without its servers. */
  readonly cpuSecondsPer10k: number
  readonly peakRssMiB: number
  /** How late the event loop comes to a timer, at worst in 99 of 100 cases. */
  readonly loopDelayP99Ms: number
}

const DELAY_RESOLUTION_MS = 5

/** Measures one run in this process; start a process of its own for each. */
export async function measure(mails: number, run: () => Promise<void>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS })
  const cpu = process.cpuUsage()
  delay.enable()
  const began = performance.now()
  await run()
  const seconds = (performance.now() - began) / 1_000
  delay.disable()
  const used = process.cpuUsage(cpu)
  return {
    mails,
    mailsPerSecond: Math.round(mails / seconds),
    cpuSecondsPer10k: Number((((used.user + used.system) / 1e6 / mails) * 10_000).toFixed(2)),
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    loopDelayP99Ms: Number((delay.percentile(99) / 1e6 - DELAY_RESOLUTION_MS).toFixed(1)),
  }
}

/** The value below which so much of them lies; NaN of none. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** To two places; null of none. */
export function median(numbers: readonly (number | null | undefined)[]): number | null {
  const known = numbers.filter((one) => one !== null && one !== undefined).sort((a, b) => a - b)
  const middle = known[Math.floor((known.length - 1) / 2)]
  return middle === undefined ? null : Number(middle.toFixed(2))
}
