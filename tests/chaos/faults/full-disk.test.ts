import { expect, it } from 'vitest'
import { aSmallDisk, fullDisk, noSmallDisk } from './full-disk.js'

const without = noSmallDisk()

it.skipIf(without !== '')(
  `F14, REL-4: PGlite on a disk that is full refuses with STORAGE_FULL, keeps no half of anything, and goes on without a restart when there is room${without}`,
  { timeout: 300_000 },
  async () => {
    const disk = aSmallDisk(160)
    try {
      const seen = await fullDisk(disk.folder, disk, 20)
      expect(seen.codes).toEqual(['STORAGE_FULL'])
      expect(seen.delivered).toBe(seen.accepted)
      expect(seen.groupRows).toBe(10_000)
    } finally {
      disk.remove()
    }
  },
)
