import { ratesAcrossProcesses } from '../rates-across-processes.js'
import { type ListedScenario, listed } from './scenario.js'

const IP_PER_SECOND = 30
const ACCOUNT_PER_SECOND = 20
/** A receiver sees mails closer together than they left: its event loop takes what came meanwhile in one go. */
const RECEIVED_MORE = 1.5
const USED_LEAST = 0.8

interface Size {
  readonly rows: number
  readonly single: number
  readonly dailyLimit: number
  readonly startLevel: number
}

/** C7: judged at the hand-over in the workers. */
export const rates: ListedScenario = listed<Size>({
  id: 'C7',
  about: 'four workers keep the rate of an IP, the rate of an account and the limit of a day',
  ci: { rows: 1_200, single: 400, dailyLimit: 1_000, startLevel: 1 },
  acceptance: { rows: 11_000, single: 2_000, dailyLimit: 10_000, startLevel: 4 },
  async run({ place: { postgresUrl } }, size) {
    const seen = await ratesAcrossProcesses({
      ...size,
      postgresUrl,
      workers: 4,
      ipPerSecond: IP_PER_SECOND,
      accountPerSecond: ACCOUNT_PER_SECOND,
      patienceMs: 600_000,
    })
    const { batch, ip, account } = seen
    const problems = [...seen.problems]
    const check = (kept: boolean, what: string) => kept || problems.push(what)
    check(batch <= size.dailyLimit, `${batch} of a day's ${size.dailyLimit}`)
    for (const [what, one, rate] of [
      ['IP', ip, IP_PER_SECOND],
      ['account', account, ACCOUNT_PER_SECOND],
    ] as const) {
      check(one.mostLeft <= rate, `${one.mostLeft} left within a second, ${what} may ${rate}`)
      check(
        one.mostReceived <= rate * RECEIVED_MORE,
        `${one.mostReceived} received within a second, ${what} may ${rate}`,
      )
      check(one.used >= USED_LEAST, `${Math.round(one.used * 100)} % of the rate of the ${what} used`)
    }
    return {
      faults: 0,
      promises: batch + account.count,
      lost: 0,
      unexpected: 0,
      doubled: 0,
      doubledAllowed: 0,
      problems,
      notes: [
        `fullest second: IP ${ip.mostLeft} of ${IP_PER_SECOND}, account ${account.mostLeft} of ${ACCOUNT_PER_SECOND}`,
        `used ${Math.round(ip.used * 100)} and ${Math.round(account.used * 100)} %`,
        `the day ${batch} of ${size.dailyLimit}`,
      ],
    }
  },
})
