import { describe, expect, it } from 'vitest'
import { aFullService, fill } from './a-full-account.js'
import { absent, expectForeignAsAbsent } from './foreign-ids.js'
import { asked, operationCalls } from './operation-calls.js'

describe('two tenants', () => {
  it('T16, ACC-2: every operation upon a foreign id answers as upon an absent one, and changes nothing', async () => {
    await expectForeignAsAbsent(await aFullService())
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
