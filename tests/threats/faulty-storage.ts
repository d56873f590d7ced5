import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Storage } from '@mailwright/core'

export interface FaultyStorage {
  readonly storage: Storage
  /** Calls of a verb that hold the word reject from now on, so many times; Infinity until `mend`. */
  fail(verb: string, word?: string, times?: number): void
  mend(): void
}

/** Memory storage that rejects as it is told, each time with what `thrown` makes of what it was given, such as a statement with its parameters. */
export function faultyStorage(thrown: (...given: readonly unknown[]) => unknown): FaultyStorage {
  const inner = memoryStorage()
  let fault = { verb: '', word: '', left: 0 }
  const watched = <T extends object>(object: T): T =>
    new Proxy(object, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value === 'object' && value !== null && name === 'read') return watched(value)
        if (typeof value !== 'function') return value
        return (...given: readonly unknown[]) => {
          const hit = fault.left > 0 && fault.verb === name && (JSON.stringify(given) ?? '').includes(fault.word)
          if (!hit) return Reflect.apply(value, target, given)
          fault.left -= 1
          return Promise.reject(thrown(given))
        }
      },
    })
  return {
    storage: watched(inner),
    fail(verb, word = '', times = 1) {
      fault = { verb, word, left: times }
    },
    mend() {
      fault = { verb: '', word: '', left: 0 }
    },
  }
}
