import type { Case } from '../register-cases.js'
import { aMail, ann, bob, outcomesOf, type TransportBench, typesOf } from './bench.js'

/** What a transport promises that holds mail: shown on one that holds all it is given. */
export const holdingCases: readonly Case<TransportBench>[] = [
  {
    id: 'transport/held-goes-nowhere',
    run: async ({ transport, received, expect }) => {
      const before = (await received()).length
      expect(typesOf(await outcomesOf(transport, aMail({ to: [ann, bob] })))).toEqual(['held', 'held'])
      await transport.close()
      expect((await received()).length).toBe(before)
    },
  },
  {
    id: 'transport/held-names-a-time',
    run: async ({ transport, expect }) => {
      const [outcome] = await outcomesOf(transport, aMail())
      const { forMs, cause } = outcome?.type === 'held' ? outcome : { forMs: 0, cause: '' }
      expect([Number.isFinite(forMs), forMs > 0, cause !== '']).toEqual([true, true, true])
    },
  },
]
