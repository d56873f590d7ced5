import { captureTransport } from '@mailwright/adapters/transport/capture'
import { failuresOf, recordingRunner, transportConformance, transportMutants } from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'
import { create, peer } from './smtp-under-test.js'

describe('the transport suite', () => {
  it.concurrent.each(transportMutants)('fails its cases for a transport that $name', async ({ spoil, fails }) => {
    const { runner, run } = recordingRunner()
    transportConformance({
      runner,
      create: async () => {
        const made = await create()
        return { ...made, transport: spoil(made.transport) }
      },
      peer: async (address) => spoil(await peer(address)),
      hostile: {},
      holding: async () => {
        const holds = captureTransport({ answer: () => ({ type: 'held', forMs: 60_000, cause: 'the far side rests' }) })
        return { transport: spoil(holds), received: async () => holds.messages }
      },
    })
    expect(failuresOf(await run())).toEqual(fails)
  })

  it('refuses to leave out a case that does not exist', () => {
    const { runner } = recordingRunner()
    const skip = [{ id: 'transport/none', reason: 'because' }]
    expect(() => transportConformance({ runner, create, skip })).toThrow('no case transport/none')
    expect(() => transportConformance({ runner, create, peer, hostile: { cannot: skip } })).toThrow('no case')
    expect(() => transportConformance({ runner, create, hostile: {} })).toThrow('needs `peer`')
  })

  it('fails what is declared as not stood and is stood after all', async () => {
    const { runner, run } = recordingRunner()
    const id = 'transport/hostile-half-an-answer'
    transportConformance({ runner, create, peer, hostile: { cannot: [{ id, reason: 'once it did not' }] } })
    const failures = (await run()).filter(({ error }) => error !== null)
    expect(failures.map(({ title }) => title)).toEqual([id])
    expect(failures[0]?.within.join()).toContain(`does not stand ${id}: once it did not`)
  })
})
