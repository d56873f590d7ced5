import { performance } from 'node:perf_hooks'

export interface Measured {
  readonly mails: number
  readonly mailsPerSecond: number
  /** CPU of the measured process, user and system, without its servers. */
  readonly cpuSecondsPer10k: number
  readonly peakRssMiB: number
}

/** Measures one run in this process; start a process of its own for each. */
export async function measure(mails: number, run: () => Promise<void>): Promise<Measured> {
  const cpu = process.cpuUsage()
  const began = performance.now()
  await run()
  const seconds = (performance.now() - began) / 1_000
  const used = process.cpuUsage(cpu)
  return {
    mails,
    mailsPerSecond: Math.round(mails / seconds),
    cpuSecondsPer10k: Number((((used.user + used.system) / 1e6 / mails) * 10_000).toFixed(2)),
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}
