import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, isMailError, type MailService } from '@mailwright/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DOMAIN, HOUR, SENDER, START } from './stage.js'

const COMMANDS = ['pause', 'restart', 'setTags', 'tick', 'tick', 'rival', 'both', 'both', 'slow'] as const
type Command = { readonly minutes: number; readonly what: (typeof COMMANDS)[number] }

const commands: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.record({ minutes: fc.integer({ min: 0, max: 400 }), what: fc.constantFrom(...COMMANDS) }),
  { maxLength: 30 },
)

async function aWorld(missed: 'latest' | 'all' | 'skip') {
  const storage = memoryStorage()
  const clock = steppedClock(START)
  const problems: string[] = []
  let busy = false
  // A relay that is busy keeps runs open over further occurrences.
  const transport = captureTransport({
    answer: () =>
      busy
        ? { type: 'refused', reply: { code: 421, enhanced: '4.7.0', text: 'come again' } }
        : { type: 'accepted', remoteId: null, reply: null },
  })
  const boot = () =>
    createMailService({
      storage,
      transport,
      clock,
      secret: 'a secret only for the tests',
      dns: { dkim: 'transport' },
      policy: { flushMs: 1 },
      logger: {
        log: (level, event, fields) => level === 'error' && problems.push(`${event} ${JSON.stringify(fields)}`),
      },
    })
  const [mail, rival] = [await boot(), await boot()]
  await mail.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER }],
    templates: [{ name: 'news', subject: 'News', text: 'Hello' }],
  })
  await mail.groups.create({ name: 'readers' })
  await mail.groups.importCsv('readers', 'email\nann@readers.example\nbob@readers.example\n')
  const { id } = await mail.tasks.create({
    type: 'recurring',
    startAt: START + HOUR,
    every: { n: 1, unit: 'hours' },
    missed,
    timeZone: 'Europe/Berlin',
    from: SENDER,
    template: 'news',
    group: 'readers',
  })
  const setBusy = (now: boolean) => {
    busy = now
  }
  return { mail, rival, clock, id, problems, setBusy }
}

const unlessState = (error: unknown): void => {
  if (!isMailError(error, 'STATE_INVALID')) throw error
}

/** Every occurrence with what became of it, one after the other; skipped rows are spread out. */
async function decided(mail: MailService, id: string) {
  const { items } = await mail.tasks.runs(id, { limit: 1_000 })
  return items
    .flatMap(({ at, state, skipped }) =>
      Array.from({ length: skipped?.count ?? 1 }, (_, index) => ({ at: at + index * HOUR, state })),
    )
    .sort((a, b) => a.at - b.at)
}

describe('two schedulers, and an operator between them', () => {
  it('TSK-5, TSK-14: whatever the order, each occurrence is decided on once and none is left behind', {
    timeout: 300_000,
  }, async () => {
    const check = async (missed: 'latest' | 'all' | 'skip', script: readonly Command[]) => {
      const { mail, rival, clock, id, problems, setBusy } = await aWorld(missed)
      const { tasks } = mail
      for (const { minutes, what } of script) {
        await clock.stepBy(minutes * 60_000)
        const ticking =
          what === 'tick' || what === 'slow'
            ? [mail.tick()]
            : what === 'rival'
              ? [rival.tick()]
              : what === 'both'
                ? [mail.tick(), rival.tick()]
                : []
        setBusy(what === 'slow')
        if (what === 'pause') await Promise.all([rival.tick(), tasks.pause(id).catch(unlessState)])
        if (what === 'restart') await Promise.all([rival.tick(), tasks.restart(id).catch(unlessState)])
        if (what === 'setTags') await Promise.all([rival.tick(), tasks.setTags(id, { minutes: String(minutes) })])
        await Promise.all(ticking)
      }
      setBusy(false)
      await tasks.restart(id).catch(unlessState)
      // Leases of ticks are over, providers have rested, and what waited has had its turn.
      for (let round = 0; round < 40; round += 1) {
        await clock.stepBy(11 * 60_000)
        await Promise.all([mail.tick(), rival.tick()])
      }
      const found = await decided(mail, id)
      const due = Math.floor((clock.now() - START - HOUR) / HOUR) + 1
      expect(found.map(({ at }) => (at - START) / HOUR - 1)).toEqual(Array.from({ length: due }, (_, hour) => hour))
      expect(new Set(found.map(({ state }) => state))).not.toContain('waiting')
      expect(await tasks.get(id)).toMatchObject({ state: 'to-start', waiting: 0, nextRun: START + HOUR + due * HOUR })
      expect(problems).toEqual([])
    }
    await fc.assert(fc.asyncProperty(fc.constantFrom('latest', 'all', 'skip'), commands, check), { numRuns: 60 })
  })
})
