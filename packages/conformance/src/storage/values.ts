import type { JsonObject, StoredRecord } from '@mailwright/core'
import { aMessage, anEvent, aRecord, aRow, aWork, firstSeen, seen, t0 } from './builders.js'
import { applyOne, mustApply, mustClaim, type StorageCase } from './case.js'

/** Text that databases, JSON and string comparison have stumbled over. */
const texts: readonly string[] = [
  '',
  ' leading and trailing ',
  'quote \' double " back \\ slash',
  'tab\tline\nreturn\r\n',
  'emoji 👩‍👩‍👧‍👦 🇨🇳',
  'عربى \u202eRTL',
  '姓名',
  'e\u0301 and é',
  '\ufeffBOM',
  '\u0001\u007f\u2028',
  '%s $1 ? :name {{x}} \\x00 \\N NULL',
  '-- ; drop',
  'x'.repeat(5000),
]

const document: JsonObject = {
  texts,
  numbers: [0, -1, 1.5, 1e-7, 1e21, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0.1 + 0.2],
  nested: { deep: [[], {}, [null, [true, false]]] },
  '': 'no name',
  constructor: 'c',
  hasOwnProperty: 1,
  'a.b $c': null,
}
/** A literal would set the prototype. */
const hostile: JsonObject = JSON.parse('{"__proto__":{"x":1},"toString":"t","a":{"__proto__":[2]}}')

const where = { kind: 'domain', account: 'acme', id: 'dom-1' }
const stored = async (read: (question: typeof where) => Promise<StoredRecord | null>) =>
  JSON.stringify((await read(where))?.data)
const sortedJson = (text: string | undefined) => [...(text ?? '')].sort().join('')

export const valueCases: readonly StorageCase[] = [
  {
    id: 'storage/values/round-trip',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'record.put', record: aRecord({ data: document }), expect: 'absent' }])
      expect((await storage.read.record(where))?.data).toEqual(document)
      const rows = texts.map((text, seq) => aRow(seq, { key: `${seq} ${text}`, mailbox: text, values: [text, ''] }))
      await mustApply(storage, [{ type: 'recipients.append', group: 'g', generation: 1, rows }])
      const read = await storage.read.recipients({ group: 'g', generation: 1, lane: 'lane-a', from: 0, to: 99 })
      expect(read).toEqual(rows)
      await mustApply(storage, [{ type: 'work.put', items: [aWork({ ref: document })] }])
      expect((await mustClaim(storage)).ref).toEqual(document)
      const items = texts.map((text, index) =>
        firstSeen(`m${index}`, {
          insert: aMessage({ id: `m${index}`, mailbox: text, recipientKey: text }),
          reply: text,
          event: anEvent({ key: `e${index}`, message: `m${index}`, detail: { text, document } }),
        }),
      )
      await mustApply(storage, [{ type: 'settle', shard: 0, items }])
      for (const [index, text] of texts.entries()) {
        const [message] = await storage.read.messages([`m${index}`])
        expect([message?.mailbox, message?.recipientKey, message?.lastReply]).toEqual([text, text, text])
        expect((await storage.read.events(`m${index}`))[0]?.detail).toEqual({ text, document })
      }
    },
  },
  {
    id: 'storage/values/hostile-names',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'record.put', record: aRecord({ data: hostile }), expect: 'absent' }])
      const back = await stored(storage.read.record)
      // Members may come in another order, but none is lost or becomes a prototype.
      expect(sortedJson(back)).toBe(sortedJson(JSON.stringify(hostile)))
      expect(({} as Record<string, unknown>).x).toBe(undefined)
      await mustApply(storage, [{ type: 'epoch.bump', keys: ['__proto__', 'constructor'] }])
      expect(await storage.read.epochs(['__proto__', 'constructor', 'toString'])).toEqual([1, 1, 0])
      await mustApply(storage, [{ type: 'slot', key: '__proto__', by: 1, limit: 1 }])
    },
  },
  {
    id: 'storage/values/instants-and-ranks',
    run: async ({ storage, expect }) => {
      const far = 253_402_300_799_999
      const item = aWork({ rank: 0.1 + 0.2, dueAt: -5, ref: {} })
      await mustApply(storage, [{ type: 'work.put', items: [item, aWork({ id: 'far', dueAt: far, rank: -1e15 })] }])
      const works = await storage.read.works({ kind: 'chunk', parent: 'run-1' })
      expect(works.map(({ rank, dueAt }) => [rank, dueAt])).toEqual([
        [-1e15, far],
        [0.1 + 0.2, -5],
      ])
      await mustApply(storage, [{ type: 'settle', shard: 15, items: [firstSeen('m', { at: far, facts: 0x3ffff })] }])
      const [message] = await storage.read.messages(['m'])
      expect([message?.lastAt, message?.facts, message?.acceptedAt]).toEqual([far, 0x3ffff, t0])
    },
  },
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
