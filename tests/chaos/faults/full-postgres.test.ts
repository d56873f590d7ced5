import { expect, it } from 'vitest'
import { aSmallDisk, noSmallDisk } from './full-disk.js'
import { fullPostgres } from './full-postgres.js'

const without = noSmallDisk()

it.skipIf(without !== '').each([
  { holds: 'data', megabytes: 96, refusals: ['STORAGE_FULL'], panicked: false },
  { holds: 'log', megabytes: 64, refusals: ['STORAGE_FULL', 'STORAGE_UNAVAILABLE'], panicked: true },
] as const)(
  `F14, REL-1, REL-4: Postgres whose disk of its $holds is full: calls are refused, nothing is half there, mail under way is recorded, and all goes on without a restart when there is room${without}`,
  { timeout: 600_000 },
  async ({ holds, megabytes, refusals, panicked }) => {
    const disk = aSmallDisk(megabytes)
    try {
      const { codes, refused, promised, imported, ...seen } = await fullPostgres(disk, holds, 20)
      expect(refused).toBeGreaterThan(0)
      expect(codes.filter((code) => !refusals.some((one) => one === code))).toEqual([])
      expect(imported.later).toBe(10_000)
      expect([0, 10_000]).toContain(imported.whileFull)
      expect(seen).toEqual({ missing: 0, doubled: 0, kept: promised, states: ['delivered'], problems: [], panicked })
    } finally {
      disk.remove()
    }
  },
)
