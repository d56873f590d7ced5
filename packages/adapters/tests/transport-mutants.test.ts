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
    })
    expect(failuresOf(await run())).toEqual(fails)
  })

  it('refuses to leave out a case that does not exist', () => {
    const { runner } = recordingRunner()
    const skip = [{ id: 'transport/none', reason: 'because' }]
    expect(() => transportConformance({ runner, create, skip })).toThrow('no case transport/none')
  })
})
