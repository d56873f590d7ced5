import { describe, expect, it } from 'vitest'
import { aFullService, fill, type Held } from './a-full-account.js'
import { asked, type OperationCall, operationCalls } from './operation-calls.js'

/** Looks like the ids of somebody's things and names nothing. */
const absent: Held = {
  domain: '0193e6a0-0000-7000-8000-000000000001',
  sender: '0193e6a0-0000-7000-8000-000000000002',
  template: '0193e6a0-0000-7000-8000-000000000003',
  group: '0193e6a0-0000-7000-8000-000000000004',
  task: '0193e6a0-0000-7000-8000-000000000005',
  recurring: '0193e6a0-0000-7000-8000-000000000006',
  message: '0193e6a0-0000-7000-8000-000000000007',
  callback: '0193e6a0-0000-7000-8000-000000000008',
  ip: '192.0.2.99',
  key: 'aaaaaaaaaaaaaaaa',
}

const namesNothing = (call: OperationCall): boolean =>
  Object.values(absent).some((id) => JSON.stringify(call).includes(id))

describe('two tenants', () => {
  it('T16, ACC-2: every operation upon a foreign id answers as upon an absent one, and changes nothing', async () => {
    const service = await aFullService()
    const { mail, ask } = service
    await fill(service, 'default')
    const foreign = await fill(service, 'other')
    const other = mail.account('other')
    const things = async () => [
      (await other.domains.list()).items,
      (await other.senders.list()).items,
      (await other.templates.list()).items,
      (await other.groups.list()).items,
      (await other.tasks.list()).items,
      (await other.callbacks.list()).items,
      (await other.dedicatedIps.list()).items,
      (await other.deliveries.messages()).items,
      (await other.apiKeys.list()).items,
      (await other.audit.list()).items,
      await other.statistics.settings.get(),
    ]
    const before = await things()
    const ofForeign = operationCalls(foreign)
    const pairs = operationCalls(absent).flatMap((call, at) =>
      namesNothing(call) ? [[call, ofForeign[at]] as const] : [],
    )
    expect(pairs.length).toBeGreaterThan(30)
    for (const [nothing, somebodys] of pairs) {
      if (!somebodys) continue
      const [expected, found] = [await ask(nothing.path, asked(nothing)), await ask(somebodys.path, asked(somebodys))]
      let text = await found.text()
      for (const [kind, id] of Object.entries(foreign)) text = text.replaceAll(id, absent[kind as keyof Held])
      expect([nothing.id, found.status, text]).toEqual([nothing.id, expected.status, await expected.text()])
    }
    expect(await things()).toEqual(before)
  })

  it('T16, ACC-2: nothing that one asks in any order shows anything of the other', async () => {
    const service = await aFullService()
    const tenants = ['red', 'blue'] as const
    const held = { red: await fill(service, 'red'), blue: await fill(service, 'blue') }
    let seed = 20_261_128
    const pick = <T>(from: readonly T[]): T => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return from[(seed >>> 16) % from.length] as T
    }
    const calls = { red: operationCalls(held.red), blue: operationCalls(held.blue), absent: operationCalls(absent) }
    const seen: string[] = []
    const named = { red: '', blue: '' }
    for (let step = 0; step < 2_000; step += 1) {
      const asking = pick(tenants)
      const call = pick(calls[pick(['red', 'blue', 'absent'] as const)])
      // What is about all accounts is for operators, and they see all.
      if (['doctor', 'tick', 'ingest'].includes(call.id.split('.')[0] ?? '')) continue
      // The whole list of one question, whatever the other may have put there.
      const response = await service.ask(call.path, asked(call, asking))
      const text = call.id === 'deliveries.live' ? '' : await response.text()
      await response.body?.cancel().catch(() => undefined)
      const foreign = asking === 'red' ? 'blue' : 'red'
      // A question names what it asks for; a refusal may say so again, and the audit tells whoever asked.
      named[asking] += JSON.stringify(call)
      const leaks = [...Object.values(held[foreign]), `mail.${foreign}.example`, `hooks.${foreign}.example`].filter(
        (mark) => text.includes(mark) && !named[asking].includes(mark),
      )
      if (leaks.length > 0) seen.push(`${asking} ${call.id}: ${leaks.join(', ')}`)
    }
    expect(seen).toEqual([])
  })
})
