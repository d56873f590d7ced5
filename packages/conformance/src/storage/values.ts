import type { EventRow, JsonObject, StoredRecord } from '@mailwright/core'
import { aCell, aMessage, anEvent, aRecord, aRow, aWork, firstSeen, t0 } from './builders.js'
import { mustApply, mustClaim, type StorageCase } from './case.js'

/** Text that databases, JSON and string comparison have stumbled over. */
const plainTexts: readonly string[] = [
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
  texts: plainTexts,
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
      const rows = plainTexts.map((text, seq) =>
        aRow(seq, { key: `${seq} ${text}`, mailbox: text, values: [text, ''] }),
      )
      await mustApply(storage, [{ type: 'recipients.append', group: 'g', generation: 1, rows }])
      const read = await storage.read.recipients({ group: 'g', generation: 1, lane: 'lane-a', from: 0, to: 99 })
      expect(read).toEqual(rows)
      await mustApply(storage, [{ type: 'work.put', items: [aWork({ ref: document })] }])
      expect((await mustClaim(storage)).ref).toEqual(document)
      const items = plainTexts.map((text, index) =>
        firstSeen(`m${index}`, {
          insert: aMessage({ id: `m${index}`, mailbox: text, recipientKey: text }),
          reply: text,
          event: anEvent({ key: `e${index}`, message: `m${index}`, person: text, detail: { text, document } }),
        }),
      )
      await mustApply(storage, [{ type: 'settle', shard: 0, items }])
      for (const [index, text] of plainTexts.entries()) {
        const [message] = await storage.read.messages([`m${index}`])
        expect([message?.mailbox, message?.recipientKey, message?.lastReply]).toEqual([text, text, text])
        expect((await storage.read.events(`m${index}`))[0]?.detail).toEqual({ text, document })
      }
    },
  },
  {
    id: 'storage/values/events-and-cells',
    run: async ({ storage, expect }) => {
      const texts = [...plainTexts, 'nul \u0000', 'lone \ud800']
      const kept: EventRow[] = []
      for (const [index, text] of texts.entries()) {
        const id = `m${index}`
        const insert = aMessage({ id, mailbox: text, recipientKey: text })
        const named = { domain: text, recipientDomain: text, template: text, task: text }
        const event = anEvent({
          key: `e${index} ${text}`,
          message: id,
          kind: `k${text}`,
          at: index,
          person: text,
          ...named,
        })
        const cells = [aCell({ cube: 'recipient', ...named })]
        const follow = [{ work: aWork({ id: `w${index}` }), parts: [{ item: 0, part: text }] }]
        const items = [firstSeen(id, { insert, event, cells })]
        const [result] = await storage
          .apply([{ guards: [], changes: [{ type: 'settle', shard: 0, items, follow }] }])
          .catch(() => [])
        // NUL and lone surrogates are kept or refused whole; everything else is kept.
        expect(result?.applied === true || index >= plainTexts.length).toBe(true)
        if (result?.applied !== true) continue
        kept.push(event)
        const asked = { account: 'acme', domains: [text], recipientDomains: [text] }
        const page = { ...asked, kinds: [`k${text}`], person: text, limit: 9 }
        expect((await storage.read.eventsPage(page)).items).toEqual([event])
        const lists = { ...asked, templates: [text], tasks: [text], from: 0, to: 2e12 }
        const tallies = await storage.read.tallies({ cube: 'recipient', ...lists })
        expect(tallies.map(({ cell, counts }) => [cell, counts.accepted])).toEqual([[cells[0], 1]])
        const people = await storage.read.people({ kinds: [`k${text}`], ...lists, by: ['task'] })
        const cell = { bucket: 0, domain: '', recipientDomain: '', template: '', task: text }
        expect(people).toEqual([{ cell, people: 1 }])
        const works = await storage.read.works({ kind: 'chunk', parent: 'run-1' })
        expect(works.find((work) => work.key === `w${index}`)?.ref).toEqual({ parts: [text] })
      }
      const all = { account: 'acme', kinds: kept.map(({ kind }) => kind), limit: 99 }
      expect((await storage.read.eventsPage(all)).items).toEqual([...kept].reverse())
      for (const { message, person } of kept) {
        await mustApply(storage, [
          { type: 'erase', account: 'acme', recipientKey: person, tombstone: `gone ${person}` },
        ])
        expect((await storage.read.events(message))[0]?.person).toBe(`gone ${person}`)
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
]
