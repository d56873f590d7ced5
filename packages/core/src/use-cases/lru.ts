/** The `size` most recently used values, apart for each owner. */
export interface Recent<V> {
  of(key: string): V | undefined
  keep(key: string, value: V): void
  forget(key: string): void
}

/** Keeps the `size` most recently used results of an expensive call, apart for each owner; a failed call is not kept. */
export interface Lru<V> {
  get(key: string, make: () => Promise<V>): Promise<V>
}

export const recent = <O extends object, V>(size: number): ((owner: O) => Recent<V>) =>
  perOwner(() => recentOnes<V>(size))

export const lru = <O extends object, V>(size: number): ((owner: O) => Lru<V>) =>
  perOwner(() => {
    const calls = recentOnes<Promise<V>>(size)
    return {
      get(key, make) {
        const known = calls.of(key)
        if (known !== undefined) return known
        const value = make()
        calls.keep(key, value)
        value.catch(() => calls.forget(key))
        return value
      },
    }
  })

function perOwner<O extends object, T>(fresh: () => T): (owner: O) => T {
  const owners = new WeakMap<O, T>()
  return (owner) => {
    const known = owners.get(owner) ?? fresh()
    owners.set(owner, known)
    return known
  }
}

function recentOnes<V>(size: number): Recent<V> {
  const kept = new Map<string, V>()
  const keep = (key: string, value: V) => {
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > size && oldest !== undefined) kept.delete(oldest)
  }
  return {
    of(key) {
      const value = kept.get(key)
      if (value !== undefined) keep(key, value)
      return value
    },
    keep,
    forget: (key) => {
      kept.delete(key)
    },
  }
}
