/** What takes back the changes made so far, to be run from the last to the first. */
export type Undo = (() => void)[]

export const takeBack = (undo: Undo): void => {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) step()
}

/** Sets a map entry, or removes it for `undefined`, and keeps the way back. Values are replaced, never changed. */
export const setRow = <K, V>(map: Map<K, V>, key: K, value: V | undefined, undo: Undo): void => {
  const before = map.get(key)
  const put = (wanted: V | undefined): void => {
    if (wanted === undefined) map.delete(key)
    else map.set(key, wanted)
  }
  put(value)
  undo.push(() => put(before))
}
