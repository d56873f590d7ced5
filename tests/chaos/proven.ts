import { expect } from 'vitest'
import { type Sweep, sweep } from './crash-sweep.js'
import type { Flow } from './flows.js'
import type { CrashPoint } from './mortal.js'
import type { World } from './stage.js'

/** Sweeps, says in one line how many points that were, and fails with every promise that broke. */
export async function proven(world: World, flow: Flow, then: CrashPoint['then'], stride = 1): Promise<Sweep> {
  const swept = await sweep(world, flow, then, stride)
  const which = stride === 1 ? 'all' : `one in ${stride}`
  console.log(`crash points, ${world.storage.name}, ${then}, ${flow.name}: ${swept.points} (${which})`)
  expect(swept.broken).toEqual([])
  expect(swept.points).toBeGreaterThan(1)
  return swept
}
