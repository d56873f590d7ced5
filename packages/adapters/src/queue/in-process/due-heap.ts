import type { Job } from '@mailwright/core'

/** Jobs by `runAt`, those of one instant in the order they came: a binary heap. */
export interface DueHeap {
  readonly first: Job | undefined
  push(job: Job): void
  pop(): Job | undefined
  clear(): void
}

interface Entry {
  readonly job: Job
  readonly serial: number
}

const before = (a: Entry, b: Entry): boolean =>
  a.job.runAt < b.job.runAt || (a.job.runAt === b.job.runAt && a.serial < b.serial)

export const createDueHeap = (): DueHeap => {
  const entries: Entry[] = []
  let serial = 0

  const swapIfBefore = (lower: number, upper: number): boolean => {
    const [one, other] = [entries[lower], entries[upper]]
    if (one === undefined || other === undefined || !before(one, other)) return false
    entries[upper] = one
    entries[lower] = other
    return true
  }

  const sink = (): void => {
    for (let at = 0; ; ) {
      const [left, right] = [entries[2 * at + 1], entries[2 * at + 2]]
      if (left === undefined) return
      const child = right !== undefined && before(right, left) ? 2 * at + 2 : 2 * at + 1
      if (!swapIfBefore(child, at)) return
      at = child
    }
  }

  return {
    get first() {
      return entries[0]?.job
    },
    push(job) {
      entries.push({ job, serial: serial++ })
      for (let at = entries.length - 1; at > 0 && swapIfBefore(at, (at - 1) >> 1); at = (at - 1) >> 1);
    },
    pop() {
      const top = entries[0]
      const last = entries.pop()
      if (top === undefined || last === undefined) return undefined
      if (top !== last) {
        entries[0] = last
        sink()
      }
      return top.job
    },
    clear() {
      entries.length = 0
    },
  }
}
