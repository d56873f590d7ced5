/** Where a row stands in a list: the first part decides, the second makes it unique. */
export type Position = readonly [number | string, string]

/** The cell of a row that is replaced by newer versions of itself without moving in any list. */
export interface Holder<T> {
  row: T
}

const compareNames = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

export const comparePositions = (a: Position, b: Position): number => {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  return compareNames(a[1], b[1])
}

/** A list kept in order. Rows that arrive out of order wait aside until somebody reads, so that adding stays O(1) on the batch path. */
export interface Sorted<T> {
  readonly position: (row: T) => Position
  add(holder: Holder<T>): void
  remove(holder: Holder<T>): void
  /** All holders in order; valid until the next change. */
  all(): readonly Holder<T>[]
  /** How many stand before `position`. */
  countBefore(position: Position): number
}

/** `compare` says the same as comparing positions, without making any: it runs for each row added. */
const createSorted = <T>(position: (row: T) => Position, compareRows: (a: T, b: T) => number): Sorted<T> => {
  let main: Holder<T>[] = []
  let aside: Holder<T>[] = []
  const compare = (a: Holder<T>, b: Holder<T>): number => compareRows(a.row, b.row)

  const merge = (): void => {
    if (aside.length === 0) return
    main = main.concat(aside).sort(compare)
    aside = []
  }

  const countBefore = (wanted: Position): number => {
    merge()
    let low = 0
    let high = main.length
    while (low < high) {
      const middle = (low + high) >> 1
      const holder = main[middle]
      if (holder !== undefined && comparePositions(position(holder.row), wanted) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    position,
    add: (holder) => {
      const last = main[main.length - 1]
      if (last === undefined || compare(last, holder) <= 0) main.push(holder)
      else aside.push(holder)
    },
    remove: (holder) => {
      const at = countBefore(position(holder.row))
      if (main[at] === holder) main.splice(at, 1)
    },
    all: () => {
      merge()
      return main
    },
    countBefore,
  }
}

type Created = { readonly createdAt: number; readonly id: string }
type Accepted = { readonly acceptedAt: number; readonly id: string }
type Timed = { readonly at: number; readonly key: string }
type Keyed = { readonly key: string; readonly scope: string }

export const byCreation = <T extends Created>(): Sorted<T> =>
  createSorted<T>(
    (row) => [row.createdAt, row.id],
    (a, b) => a.createdAt - b.createdAt || compareNames(a.id, b.id),
  )

export const byAcceptance = <T extends Accepted>(): Sorted<T> =>
  createSorted<T>(
    (row) => [row.acceptedAt, row.id],
    (a, b) => a.acceptedAt - b.acceptedAt || compareNames(a.id, b.id),
  )

export const byTime = <T extends Timed>(): Sorted<T> =>
  createSorted<T>(
    (row) => [row.at, row.key],
    (a, b) => a.at - b.at || compareNames(a.key, b.key),
  )

export const byKey = <T extends Keyed>(): Sorted<T> =>
  createSorted<T>(
    (row) => [row.key, row.scope],
    (a, b) => compareNames(a.key, b.key) || compareNames(a.scope, b.scope),
  )
