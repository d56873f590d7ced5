import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { isMailError } from '@mailwright/core'
import { describe, it } from 'vitest'
import { batch, type Flow } from './flows.js'
import { proven } from './proven.js'
import { aWorld, CHUNK_ROWS, DOMAIN, type Stage, UNSETTLED_MAX } from './stage.js'

const PRICE = 3_000

/** Enough for a run every three days, each address resting for thirty. */
const aWorldWithIps = () =>
  aWorld(memoryStorage, {
    more: (clock) => ({
      limiter: inProcessLimiter({ clock }),
      dedicatedIps: Array.from({ length: 60 }, (_, at) => ({ ip: `192.0.2.${at + 1}`, ehlo: 'm.operator.example' })),
      policy: { unsettledMax: UNSETTLED_MAX, chunkRows: CHUNK_ROWS, ipMonthlyPrice: PRICE },
    }),
  })

const order = ({ tag }: Stage, count: number) => ({ count, domains: [DOMAIN], idempotencyKey: tag })

/** A step that a crash has cut off is done again, and finds what the first one did. */
const again = (code: string) => (error: unknown) => {
  if (!isMailError(error) || error.code !== code) throw error
}

async function moneyProblems({ mail }: Stage): Promise<readonly string[]> {
  const problems: string[] = []
  let frozen = 0
  let cursor: string | undefined
  do {
    const page = await mail.dedicatedIps.ledger({ limit: 1_000, ...(cursor ? { cursor } : {}) })
    for (const { id, lines } of page.items) {
      if (lines.reduce((sum, { amount }) => sum + amount, 0) !== 0) problems.push(`${id} does not balance`)
      for (const { account, amount } of lines) if (account === 'frozen') frozen += amount
    }
    cursor = page.next ?? undefined
  } while (cursor)
  const shown = (await mail.dedicatedIps.status()).frozen
  return frozen === shown ? problems : [...problems, `frozen: the ledger says ${frozen}, the IPs say ${shown}`]
}

const ipLife: Flow = {
  name: 'the life of two dedicated IPs',
  prepare: async ({ mail }) =>
    void (await mail.domains.create({ name: 'news.example.org', trust: 'operator' }).catch(again('ALREADY_EXISTS'))),
  steps: [
    async (stage) => {
      const { dedicatedIps } = stage.mail
      await dedicatedIps.open({ agree: true })
      await dedicatedIps.apply(order(stage, 2))
    },
    async ({ mail }) => {
      for (const { ip } of (await mail.dedicatedIps.list()).items)
        await mail.dedicatedIps.assign({ ip, domain: 'news.example.org' })
    },
    async ({ mail }) => {
      const { items } = await mail.dedicatedIps.list()
      const [first] = items
      if (items.length === 2) await mail.dedicatedIps.disable(first?.ip ?? '')
    },
    async ({ mail }) => void (await mail.dedicatedIps.close()),
    async ({ mail }) => void (await mail.tick({ maxMs: 60_000 })),
  ],
  async problems(stage) {
    const { mail } = stage
    const left = (await mail.dedicatedIps.list()).items
    const { id } = await mail.domains.get('news.example.org')
    const holds = await stage.world.storage.read.holds(id)
    const { state } = await mail.dedicatedIps.status()
    return [
      ...(left.length > 0 ? [`${left.length} IPs are left`] : []),
      ...(holds.length > 0 ? [`${holds.length} IPs hold a domain`] : []),
      ...(state === 'closed' ? [] : ['the service is open']),
      ...(await moneyProblems(stage)),
    ]
  },
}

const batchFromIp: Flow = {
  ...batch,
  name: `${batch.name}, from a new dedicated IP`,
  async prepare(stage) {
    await batch.prepare(stage)
    const { dedicatedIps } = stage.mail
    await dedicatedIps.close()
    await dedicatedIps.open({ agree: true })
    await dedicatedIps.apply(order(stage, 1))
  },
  async problems(stage, kills) {
    const [one] = (await stage.mail.dedicatedIps.list()).items
    const { sources } = stage.world.receiver
    const left = sources.filter((ip) => ip === one?.ip).length
    return [
      ...(await batch.problems(stage, kills)),
      ...(left === sources.length ? [] : [`${sources.length - left} of ${sources.length} did not leave from the IP`]),
      // What has left is counted, whenever the process died; what was counted and did not leave is lost for the day.
      ...((one?.takenToday ?? 0) >= left ? [] : [`${left} left, ${one?.takenToday} were counted`]),
    ]
  },
}

describe('a process with dedicated IPs that dies before or after a call, on memory', { timeout: 120_000 }, () => {
  it('DIP-1, DIP-5, DIP-6: getting, binding and giving back is whole or not done, and its ledger balances', async () =>
    void (await proven(await aWorldWithIps(), ipLife, 'die')))

  it('DIP-7, REL-1, REL-3: a batch from a new IP ends done, and every mail that left is counted', async () =>
    void (await proven(await aWorldWithIps(), batchFromIp, 'die', 5)))

  it('DIP-7, REL-1: so it does where a call fails', async () =>
    void (await proven(await aWorldWithIps(), batchFromIp, 'fail', 5)))
})
