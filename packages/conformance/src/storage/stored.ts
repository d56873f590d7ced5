import { aMessage, anEvent, aRecord, aRow, aWork, seen } from './builders.js'
import { applyOne, mustApply, type StorageCase } from './case.js'

const where = { kind: 'domain', account: 'acme', id: 'dom-1' }

export const storedCases: readonly StorageCase[] = [
  {
    id: 'storage/values/nul-kept-or-refused-whole',
    run: async ({ storage, expect }) => {
      for (const [index, text] of ['nul \u0000 in it', 'lone \ud800 surrogate'].entries()) {
        const id = `dom-${index}`
        const record = aRecord({ id, data: { text } })
        const outcome = await applyOne(storage, [
          { type: 'epoch.bump', keys: [id] },
          { type: 'record.put', record, expect: 'absent' },
        ]).then(
          (result) => result.applied,
          () => false,
        )
        const back = await storage.read.record({ kind: 'domain', account: 'acme', id })
        expect(back === null ? null : back.data).toEqual(outcome ? { text } : null)
        expect(await storage.read.epochs([id])).toEqual([outcome ? 1 : 0])
      }
    },
  },
  {
    id: 'storage/values/nobody-changes-what-is-stored',
    run: async ({ storage, expect }) => {
      const data = { list: [1, { a: 'a' }] }
      const values = ['v']
      const message = { ...aMessage() }
      const detail = { ip: 'x' }
      const pending = storage.apply([
        {
          guards: [],
          changes: [
            { type: 'record.put', record: aRecord({ data }), expect: 'absent' },
            { type: 'recipients.append', group: 'g', generation: 1, rows: [aRow(0, { values })] },
            { type: 'settle', shard: 0, items: [seen({ insert: message, event: anEvent({ detail }) })] },
          ],
        },
      ])
      await pending
      data.list.push(2)
      values[0] = 'changed'
      Object.assign(message, { mailbox: 'changed' })
      detail.ip = 'changed'
      const question = { group: 'g', generation: 1, lane: 'lane-a', from: 0, to: 1 }
      const read = async () => ({
        record: await storage.read.record(where),
        rows: await storage.read.recipients(question),
        messages: await storage.read.messages(['msg-1']),
        events: await storage.read.events('msg-1'),
      })
      const before = JSON.stringify(await read())
      expect(before.includes('changed')).toBe(false)
      const answer = await read()
      // What was handed out may be frozen: then writing to it fails, which is as good.
      for (const target of [answer.record?.data, answer.rows[0], answer.messages[0], answer.events[0]?.detail])
        Reflect.set(target ?? {}, 'mailbox', 'changed')
      expect(JSON.stringify(await read())).toBe(before)
    },
  },
  {
    id: 'storage/values/order-by-code-unit',
    run: async ({ storage, expect }) => {
      const ids = ['a', 'B', 'b', 'Z', '_', 'a b', 'ab', 'é', '10', '9', '-', '姓']
      const expected = [...ids].sort()
      const items = ids.map((id) => aWork({ id }))
      await mustApply(storage, [{ type: 'work.put', items }])
      const works = await storage.read.works({ kind: 'chunk', parent: 'run-1' })
      expect(works.map((row) => row.key)).toEqual(expected)
      for (const id of ids)
        await mustApply(storage, [{ type: 'record.put', record: aRecord({ id }), expect: 'absent' }])
      const page = await storage.read.records({ kind: 'domain', order: 'oldest', limit: 99 })
      expect(page.items.map((row) => row.id)).toEqual(expected)
    },
  },
]
