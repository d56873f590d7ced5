import type { Bundle, Change, Observation, Storage } from '@mailwright/core'
import type { World } from './statistics-world.js'

/** As another holder of the same batch row sees it, some hours later: whose word comes first decides where the mail counts, for both. */
function seenLate(item: Observation, hours: number): Observation {
  if (item.insert === null || item.insert.task === '') return item
  const by = hours * 3_600_000
  const cells = item.cells.map((cell) =>
    cell.cube === 'sender' || cell.cube === 'recipient' ? { ...cell, bucket: cell.bucket + by } : cell,
  )
  return { ...item, insert: { ...item.insert, bucket: item.insert.bucket + by }, cells }
}

/** Everything that was settled, in any order, cut anywhere, each twice; what was counted beside it, once. */
function replayOf(world: World, random: () => number): readonly Change[] {
  const bare = world.settled.map((item): Observation => ({ ...item, block: null, work: null }))
  const shuffled = [...bare, ...bare.map((item) => seenLate(item, Math.floor(random() * 30)))]
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
  // One that comes before its message is kept and tried again: whoever comes back is known by then.
  const all = [...shuffled, ...bare.toReversed()]
  const changes: Change[] = [{ type: 'count', shard: 3, items: world.counted }]
  for (let at = 0; at < all.length; ) {
    const size = 1 + Math.floor(random() * 40)
    changes.push({ type: 'settle', shard: Math.floor(random() * 16), items: all.slice(at, at + size) })
    at += size
  }
  return changes
}

/** Stores it all; `between` is done now and then. */
export async function replay(
  world: World,
  storage: Storage,
  random: () => number,
  between: () => Promise<void> = async () => undefined,
): Promise<void> {
  const changes = replayOf(world, random)
  for (let at = 0; at < changes.length; ) {
    const bundles = changes
      .slice(at, at + 1 + Math.floor(random() * 4))
      .map((change): Bundle => ({ guards: [], changes: [change] }))
    await storage.apply(bundles)
    at += bundles.length
    if (random() < 0.2) await between()
  }
}
