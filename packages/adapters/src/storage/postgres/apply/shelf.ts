/** What takes back the changes made so far, to be run from the last to the first. */
export type Undo = (() => void)[]

export const takeBack = (undo: Undo): void => {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) step()
}

/**
 * The rows of one table that a call touches: as they were when they were locked, and as the bundles so far have left them.
 * So all bundles are decided in this process between one statement that locks and one that writes.
 */
export interface Shelf<Row> {
  get(key: string): Row | undefined
  set(key: string, row: Row | undefined, undo?: Undo): void
  /** Adds a row as it is stored. */
  load(key: string, row: Row): void
  values(): IterableIterator<Row>
  changes(): { readonly inserted: readonly Row[]; readonly updated: readonly Row[]; readonly deleted: readonly Row[] }
}

export const createShelf = <Row>(): Shelf<Row> => {
  const before = new Map<string, Row>()
  const now = new Map<string, Row>()
  const touched = new Set<string>()
  const put = (key: string, row: Row | undefined): void => {
    if (row === undefined) now.delete(key)
    else now.set(key, row)
  }
  return {
    get: (key) => now.get(key),
    set: (key, row, undo) => {
      const former = now.get(key)
      touched.add(key)
      put(key, row)
      undo?.push(() => put(key, former))
    },
    load: (key, row) => {
      before.set(key, row)
      now.set(key, row)
    },
    values: () => now.values(),
    changes: () => {
      const inserted: Row[] = []
      const updated: Row[] = []
      const deleted: Row[] = []
      for (const key of touched) {
        const was = before.get(key)
        const is = now.get(key)
        if (is === was) continue
        if (was === undefined) {
          if (is !== undefined) inserted.push(is)
        } else if (is === undefined) deleted.push(was)
        else updated.push(is)
      }
      return { inserted, updated, deleted }
    },
  }
}

/** One map key for several strings, whatever they hold. */
export const compositeKey = (...parts: readonly string[]): string => {
  let lengths = ''
  for (const part of parts) lengths += `${part.length}.`
  return lengths + parts.join('')
}

/** A row that another call inserted between our lock and our write: the whole call is decided anew. */
export class Overtaken extends Error {}

/** Looks at the answer of an insert `on conflict do nothing` that returns a row for each that it kept. @throws Overtaken */
export const allKept =
  (count: number) =>
  (kept: readonly unknown[]): void => {
    if (kept.length < count) throw new Overtaken()
  }
