import type { Bundle, BundleResult, Change, Storage } from '@mailwright/core'

/** A storage that is wrong in one named way. The suite must find it, by exactly the cases named. */
export interface StorageMutant {
  readonly name: string
  /** The promise it breaks. */
  readonly wrong: string
  /** The ids of the cases that fail on it, in the order of the suite. */
  readonly fails: readonly string[]
  readonly make: (storage: Storage) => Storage
}

/** The storage with another way to apply one bundle after the other. */
export const applyingOneByOne = (
  storage: Storage,
  applyOne: (bundle: Bundle, applyRight: (bundle: Bundle) => Promise<BundleResult>) => Promise<BundleResult>,
): Storage => {
  const applyRight = async (bundle: Bundle): Promise<BundleResult> => {
    const [result] = await storage.apply([bundle])
    if (result === undefined) throw new Error('apply answered no result for one bundle')
    return result
  }
  return {
    ...storage,
    apply: async (bundles, options) => {
      if (options?.tx !== undefined) return storage.apply(bundles, options)
      const results: BundleResult[] = []
      for (const bundle of bundles) results.push(await applyOne(bundle, applyRight))
      return results
    },
  }
}

export type ChangeOf<T extends Change['type']> = Extract<Change, { type: T }>
