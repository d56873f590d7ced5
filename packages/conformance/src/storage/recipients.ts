import type { Change, RecipientRow, Storage } from '@mailwright/core'
import { aRow } from './builders.js'
import { mustApply, type StorageCase } from './case.js'

const of = { group: 'group-1', generation: 1 }
const append = (rows: readonly RecipientRow[], generation = 1): Change => ({
  type: 'recipients.append',
  group: of.group,
  generation,
  rows,
})
const range = (storage: Storage, lane: string, from: number, to: number, generation = 1) =>
  storage.read.recipients({ group: of.group, generation, lane, from, to })
const seqs = async (...args: Parameters<typeof range>) => (await range(...args)).map((row) => row.seq)
const many = (count: number, lane = 'lane-a') =>
  Array.from({ length: count }, (_, seq) => aRow(seq, { lane, key: `${lane}${seq}` }))

export const recipientCases: readonly StorageCase[] = [
  {
    id: 'storage/recipients/ranges-of-a-lane',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [append(many(20)), append(many(3, 'lane-b')), append(many(1), 2)])
      expect(await seqs(storage, 'lane-a', 5, 8)).toEqual([5, 6, 7])
      expect(await seqs(storage, 'lane-a', 18, 99)).toEqual([18, 19])
      expect(await seqs(storage, 'lane-a', 8, 8)).toEqual([])
      expect(await seqs(storage, 'lane-b', 0, 99)).toEqual([0, 1, 2])
      expect(await seqs(storage, 'lane-c', 0, 99)).toEqual([])
      expect(await seqs(storage, 'lane-a', 0, 99, 2)).toEqual([0])
      expect(await range(storage, 'lane-b', 1, 2)).toEqual([aRow(1, { lane: 'lane-b', key: 'lane-b1' })])
    },
  },
  {
    id: 'storage/recipients/append-again-changes-nothing',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [append(many(5))])
      await mustApply(storage, [append(many(7))])
      await mustApply(storage, [append([aRow(3, { key: 'another', values: ['another'] })])])
      expect(await range(storage, 'lane-a', 0, 99)).toEqual(many(7))
      expect(await storage.read.knownKeys({ ...of, keys: ['another'] })).toEqual([])
    },
  },
  {
    id: 'storage/recipients/known-keys',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [append(many(5)), append([aRow(0, { key: 'x' })], 2)])
      const known = await storage.read.knownKeys({ ...of, keys: ['lane-a4', 'x', 'lane-a0', 'lane-a5'] })
      expect([...known].sort()).toEqual(['lane-a0', 'lane-a4'])
      expect(await storage.read.knownKeys({ ...of, keys: [] })).toEqual([])
    },
  },
  {
    id: 'storage/recipients/drop-a-generation',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [append(many(5)), append(many(2), 2)])
      await mustApply(storage, [{ type: 'recipients.drop', ...of }])
      expect(await seqs(storage, 'lane-a', 0, 99)).toEqual([])
      expect(await seqs(storage, 'lane-a', 0, 99, 2)).toEqual([0, 1])
      expect(await storage.read.knownKeys({ ...of, keys: ['lane-a0'] })).toEqual([])
    },
  },
  {
    id: 'storage/recipients/drop-what-a-cut-off-import-left',
    run: async ({ storage, expect }) => {
      const twin = aRow(4, { key: 'lane-a0' })
      await mustApply(storage, [append([...many(4), twin, aRow(5, { key: 'gone' })]), append(many(3, 'lane-b'))])
      await mustApply(storage, [{ type: 'recipients.drop', ...of, from: { 'lane-a': 3 } }])
      expect(await seqs(storage, 'lane-a', 0, 99)).toEqual([0, 1, 2])
      expect(await seqs(storage, 'lane-b', 0, 99)).toEqual([])
      const keys = ['lane-a0', 'lane-a2', 'lane-a3', 'lane-b0', 'gone']
      expect([...(await storage.read.knownKeys({ ...of, keys }))].sort()).toEqual(['lane-a0', 'lane-a2'])
      await mustApply(storage, [append([aRow(3, { key: 'new' })])])
      expect((await range(storage, 'lane-a', 3, 4)).map((row) => row.key)).toEqual(['new'])
    },
  },
  {
    id: 'storage/recipients/domains-of-a-range',
    run: async ({ storage, expect }) => {
      const keys = ['a@x.example', 'b@y.example', '"@"@x.example', 'gone-1', 'c@x.example', 'd@X.example']
      const rows = keys.map((key, seq) => aRow(seq, { key, mailbox: seq % 2 === 0 ? key : 'Other@z.example' }))
      await mustApply(storage, [append([...rows, aRow(0, { lane: 'lane-b', key: 'e@x.example' })])])
      const domains = async (from: number, to: number) => {
        const found = await storage.read.recipientDomains({ ...of, lane: 'lane-a', from, to })
        return Object.fromEntries(found.map(({ domain, count }) => [domain, count]))
      }
      expect(await domains(0, 99)).toEqual({ 'x.example': 3, 'y.example': 1, 'gone-1': 1, 'X.example': 1 })
      expect(await domains(1, 3)).toEqual({ 'x.example': 1, 'y.example': 1 })
      expect(await domains(9, 99)).toEqual({})
    },
  },
]
