import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Change, RecipientOutcome, Storage } from '@mailwright/core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { accepted, aService, SENDER } from './a-service.js'

const UNSETTLED = 4
const ROWS = 20

/** A storage that notes after each write how many rows of the chunk have come to something, and how far it may have been started. */
function watched(): { readonly storage: Storage; readonly steps: (readonly [settled: number, through: number])[] } {
  const memory = memoryStorage()
  const steps: (readonly [number, number])[] = []
  const settled = new Set<string>()
  const storage: Storage = Object.assign(Object.create(memory) as Storage, {
    async apply(bundles: Parameters<Storage['apply']>[0], options?: Parameters<Storage['apply']>[1]) {
      const results = await memory.apply(bundles, options)
      const changes = bundles.flatMap((bundle): readonly Change[] => bundle.changes)
      for (const change of changes) {
        if (change.type === 'settle') for (const { message } of change.items) settled.add(message)
        if (change.type === 'work.put')
          for (const { kind, parent } of change.items) if (kind === 'straggler' && parent) settled.add(parent)
      }
      for (const change of changes)
        if (change.type === 'work.advance' && change.startedThrough > 0)
          steps.push([settled.size, change.startedThrough])
      return results
    },
  })
  return { storage, steps }
}

// The look after slow mails comes by real time; how slow they are is read from the service's clock.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** Lets what waits for no clock run on. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

it('REL-3: an answered straggler counts once: what may have left is never more than unsettledMax ahead of what is settled', async () => {
  const { storage, steps } = watched()
  const held: ((outcome: RecipientOutcome) => void)[] = []
  const { mail, clock, transport, problems } = await aService({
    storage,
    policy: { unsettledMax: UNSETTLED },
    answer: () => new Promise<RecipientOutcome>((resolve) => held.push(resolve)),
  })
  await mail.templates.create({ name: 'note', text: 'Hello', subject: 'A note' })
  await mail.groups.create({ name: 'readers' })
  const rows = Array.from({ length: ROWS }, (_, at) => `r${at}@example.org`)
  await mail.groups.importCsv('readers', `email\n${rows.join('\n')}\n`)
  const { id } = await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'note', group: 'readers' })
  let working = true
  const work = mail.tick({ maxMs: 3_600_000 }).finally(() => {
    working = false
  })
  // All that may be on its way is held until it has become work of its own, and answered then; and so the next.
  while (working) {
    await turns()
    await clock.stepBy(40_000)
    await vi.advanceTimersByTimeAsync(6_000)
    await turns()
    for (const answer of held.splice(0)) answer(accepted)
    await turns()
  }
  await work
  await mail.tick({ maxMs: 3_600_000 })
  expect((await mail.tasks.get(id)).delivered).toBe(ROWS)
  expect(transport.count).toBe(ROWS)
  expect(steps.length).toBeGreaterThan(2)
  expect(steps.filter(([settled, through]) => through > settled + UNSETTLED)).toEqual([])
  await mail.stop()
  expect(problems).toEqual([])
})
