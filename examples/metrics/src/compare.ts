import { deepStrictEqual, ok } from 'node:assert/strict'
import type { MailService } from '@mailwright/core'
import { ROWS } from './mail.js'

const DAY = 86_400_000

/** What the service itself has counted, once every mail has had its first answer. */
async function counted(mail: MailService) {
  for (;;) {
    const now = Date.now()
    const { total } = await mail.statistics.sending({ from: new Date(now - DAY), to: new Date(now + DAY), by: [] })
    const { delivered, bouncedHard, deferred } = total.counts
    if (delivered + bouncedHard + deferred === ROWS + 1) return { delivered, bounced: bouncedHard, deferred }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The samples of one page of Prometheus' text: name and labels, and the figure. */
const samplesIn = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  )

/** Asks as Prometheus would, and holds the answer to the statistics. */
export async function compare(mail: MailService, url: string): Promise<void> {
  const expected = await counted(mail)
  const response = await fetch(url)
  deepStrictEqual(response.status, 200)
  const text = await response.text()
  const samples = samplesIn(text)
  const of = (name: string, label = '') =>
    [...samples]
      .filter(([key]) => key.startsWith(`mailwright_${name}{`) && key.includes(label))
      .map(([, value]) => value)
  const sum = (name: string, label?: string) => of(name, label).reduce((total, value) => total + value, 0)
  const shown = Object.fromEntries(
    Object.keys(expected).map((outcome) => [outcome, sum('mail_outcomes_total', `outcome="${outcome}"`)]),
  )
  deepStrictEqual(shown, expected)
  deepStrictEqual(sum('mail_accepted_total'), 1)
  deepStrictEqual(of('storage_up'), [1])
  deepStrictEqual(of('worker_running'), [1])
  deepStrictEqual(of('route_open'), [1])
  deepStrictEqual(of('work_overdue').length, 10)
  ok(sum('flush_results_count') > 0 && sum('flush_results_sum') === ROWS + 1)
  ok(!/@|readers\.example|shop\.example/.test(text), 'no address and no domain is a label')
  console.log(`/metrics and the statistics agree: ${JSON.stringify(shown)}; ${samples.size} samples`)
}
