/** Keeps the `size` most recently used results of an expensive call, apart for each owner; a failed call is not kept. */
export interface Lru<V> {
  get(key: string, make: () => Promise<V>): Promise<V>
}

export function lru<O extends object, V>(size: number): (owner: O) => Lru<V> {
  const owners = new WeakMap<O, Lru<V>>()
  return (owner) => {
    const known = owners.get(owner) ?? fresh<V>(size)
    owners.set(owner, known)
    return known
  }
}

function fresh<V>(size: number): Lru<V> {
  const kept = new Map<string, Promise<V>>()
  return {
    get(key, make) {
      const value = kept.get(key) ?? make()
      kept.delete(key)
      kept.set(key, value)
      value.catch(() => kept.delete(key))
      const [oldest] = kept.keys()
      if (kept.size > size && oldest !== undefined) kept.delete(oldest)
      return value
    },
  }
}
