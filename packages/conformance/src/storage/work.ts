import type { Change, NewWork, Storage, Work } from '@mailwright/core'
import { aMessage, aWork, firstSeen, second, t0 } from './builders.js'
import { claimOf, later, mustApply, mustClaim, type StorageCase } from './case.js'

const put = (items: readonly NewWork[], sooner?: boolean): Change => ({
  type: 'work.put',
  items,
  ...(sooner === undefined ? {} : { sooner }),
})
const rows = (storage: Storage): Promise<readonly Work[]> => storage.read.works({ kind: 'chunk', parent: 'run-1' })
const finish = (id: string, token: string): Change => ({ type: 'work.finish', items: [{ id, token }] })
const waiting = { token: null, leaseUntil: null, startedThrough: 0, attempt: 0 }

export const workCases: readonly StorageCase[] = [
  {
    id: 'storage/work/put-keeps-rival',
    run: async ({ storage, expect }) => {
      const first = aWork({ id: 'w1', key: 'k', rank: 5, ref: { from: 0 } })
      await mustApply(storage, [put([first])])
      const rival = aWork({ id: 'w2', key: 'k', rank: 1, dueAt: t0 - 1, ref: { from: 9 } })
      const outcomes = await mustApply(storage, [put([rival, aWork({ id: 'w3', key: 'k3' }), rival])])
      expect(outcomes).toEqual([{ type: 'bulk', lost: [0, 2] }])
      expect(await rows(storage)).toEqual([
        { ...first, ...waiting },
        { ...aWork({ id: 'w3', key: 'k3' }), ...waiting },
      ])
      const otherKind = await mustApply(storage, [put([aWork({ id: 'w4', key: 'k', kind: 'sweep' })])])
      expect(otherKind).toEqual([{ type: 'bulk', lost: [] }])
    },
  },
  {
    id: 'storage/work/release',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put([aWork({ ref: { from: 0 } })])])
      const work = await mustClaim(storage)
      const advance = { type: 'work.advance', id: work.id, token: 'token-1' } as const
      const renewed = { ...advance, startedThrough: 250, leaseUntil: later(90), watch: [] }
      await mustApply(storage, [renewed])
      const item = { id: work.id, token: 'token-1', dueAt: later(10), lane: 'lane-b', ref: { from: 250 } }
      await mustApply(storage, [{ type: 'work.release', items: [item] }])
      const expected = { ...aWork(), ...waiting, attempt: 1, lane: 'lane-b', dueAt: later(10), ref: { from: 250 } }
      expect(await rows(storage)).toEqual([expected])
      expect(await storage.claim(claimOf({ now: later(20), exceptLanes: ['lane-b'] }))).toEqual([])
      expect((await mustClaim(storage, { now: later(20), exceptLanes: ['lane-a'] })).attempt).toBe(2)
    },
  },
  {
    id: 'storage/work/stale-token-loses',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put([aWork({ id: 'a' }), aWork({ id: 'b' })])])
      await storage.claim(claimOf({ limit: 1, token: 'old' }))
      await storage.claim(claimOf({ now: later(65), token: 'new' }))
      const outcomes = await mustApply(storage, [
        {
          type: 'work.release',
          items: [
            { id: 'a', token: 'old', dueAt: t0 },
            { id: 'b', token: 'new', dueAt: t0 },
          ],
        },
        {
          type: 'work.finish',
          items: [
            { id: 'a', token: 'old' },
            { id: 'absent', token: 'new' },
          ],
        },
        { type: 'work.advance', id: 'a', token: 'old', startedThrough: 9, leaseUntil: later(999), watch: ['e'] },
      ])
      expect(outcomes).toEqual([
        { type: 'bulk', lost: [0] },
        { type: 'bulk', lost: [0, 1] },
        { type: 'advanced', held: false, epochs: [0] },
      ])
      const [a] = await rows(storage)
      expect([a?.token, a?.leaseUntil, a?.startedThrough]).toEqual(['new', later(125), 0])
      const guarded = await storage.apply([
        { guards: [{ type: 'holder', work: 'a', token: 'old' }], changes: [] },
        { guards: [{ type: 'holder', work: 'a', token: 'new' }], changes: [] },
      ])
      expect(guarded).toEqual([
        { applied: false, refusal: { type: 'lease-lost', work: 'a' } },
        { applied: true, outcomes: [] },
      ])
    },
  },
  {
    id: 'storage/work/drop-whoever-holds-it',
    run: async ({ storage, expect }) => {
      const other = aWork({ id: 'c', parent: 'run-2' })
      await mustApply(storage, [put([aWork({ id: 'a' }), aWork({ id: 'b' }), other])])
      await storage.claim(claimOf({ limit: 1 }))
      await mustApply(storage, [{ type: 'work.drop', kind: 'chunk', parent: 'run-1' }])
      expect(await rows(storage)).toEqual([])
      expect(await storage.read.works({ kind: 'chunk', parent: 'run-2' })).toEqual([{ ...other, ...waiting }])
      const again = await mustApply(storage, [finish('a', 'token-1'), put([aWork({ id: 'a' })])])
      expect(again).toEqual([
        { type: 'bulk', lost: [0] },
        { type: 'bulk', lost: [] },
      ])
    },
  },
  {
    id: 'storage/work/next-due-and-ranks',
    run: async ({ storage, expect }) => {
      const due = (kinds: readonly string[]) => storage.read.nextDue({ kinds, takeoverMs: 5 * second })
      expect(await due(['chunk', 'sweep'])).toBe(null)
      expect(await storage.read.ranks({ kind: 'chunk', account: 'acme' })).toEqual({ floor: null, last: null })
      await mustApply(storage, [
        put([
          aWork({ id: 'a', rank: -3.5, dueAt: t0, account: 'beta' }),
          aWork({ id: 'b', rank: 7, dueAt: later(100) }),
          aWork({ id: 'c', rank: 4, dueAt: later(200) }),
          aWork({ id: 'd', rank: 99, dueAt: later(9), kind: 'sweep' }),
        ]),
      ])
      expect(await due(['chunk'])).toBe(t0)
      expect(await storage.read.ranks({ kind: 'chunk', account: 'acme' })).toEqual({ floor: -3.5, last: 7 })
      await storage.claim(claimOf())
      expect([await due(['chunk']), await due(['chunk', 'sweep'])]).toEqual([later(65), later(9)])
      expect(await storage.read.ranks({ kind: 'chunk', account: 'beta' })).toEqual({ floor: 4, last: null })
    },
  },
  {
    id: 'storage/work/mail-queued-by-domains',
    run: async ({ storage, expect }) => {
      const uuid = '01970000-0000-7000-8000-0000000000aa'
      const ids = ['a', uuid, 'sixteen-letters!', 'c', 'd', 'e']
      const mails = ids.map((id) => {
        const recipientKey = id === 'c' ? '"at@home"@x.example' : 'ann@example.org'
        return firstSeen(id, { insert: aMessage({ id, recipientKey, senderDomain: id === 'd' ? 'dom-2' : 'dom-1' }) })
      })
      const works = ids.map((id) => aWork({ id: `w ${id}`, key: id, kind: id === 'e' ? 'other' : 'retry' }))
      await mustApply(storage, [
        { type: 'settle', shard: 0, items: mails },
        put([
          ...works,
          aWork({ id: 'a again', key: 'a', kind: 'send', dueAt: later(900) }),
          aWork({ id: 'no message', key: 'nobody', kind: 'send' }),
          aWork({ id: 'another account', key: 'a', kind: 'chunk', account: 'beta' }),
        ]),
      ])
      await mustClaim(storage, { kinds: ['retry'], limit: 1 })
      const groups = await storage.read.queuedMails({
        kinds: ['retry', 'send', 'chunk', 'send', 'none'],
        account: 'acme',
      })
      expect(groups.map((one) => `${one.senderDomain} ${one.recipientDomain} ${one.count}`).sort()).toEqual([
        'dom-1 example.org 4',
        'dom-1 x.example 1',
        'dom-2 example.org 1',
      ])
    },
  },
]
