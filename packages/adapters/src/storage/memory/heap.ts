/** An item knows its own place, so that any item, not only the first, leaves in O(log n). */
export interface HeapItem<T> {
  heap: Heap<T> | null
  at: number
}

/** A binary heap: `first` is the smallest by `before`. An item is in at most one heap at a time. */
export interface Heap<T> {
  readonly items: readonly T[]
  first(): T | undefined
  add(item: T): void
  remove(item: T): void
}

export const createHeap = <T extends HeapItem<T>>(before: (a: T, b: T) => boolean): Heap<T> => {
  const items: T[] = []

  const set = (item: T, at: number): void => {
    items[at] = item
    item.at = at
  }

  const rise = (item: T, from: number): number => {
    let at = from
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above]
      if (parent === undefined || !before(item, parent)) break
      set(parent, at)
      at = above
    }
    return at
  }

  const sink = (item: T, from: number): number => {
    let at = from
    for (;;) {
      const left = items[2 * at + 1]
      const right = items[2 * at + 2]
      if (left === undefined) break
      const child = right !== undefined && before(right, left) ? right : left
      if (!before(child, item)) break
      const below = child.at
      set(child, at)
      at = below
    }
    return at
  }

  const heap: Heap<T> = {
    items,
    first: () => items[0],
    add: (item) => {
      items.push(item)
      set(item, rise(item, items.length - 1))
      item.heap = heap
    },
    remove: (item) => {
      const gap = item.at
      const last = items.pop()
      item.heap = null
      if (last === undefined || last === item) return
      const risen = rise(last, gap)
      set(last, risen === gap ? sink(last, gap) : risen)
    },
  }
  return heap
}
