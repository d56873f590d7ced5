import { MailError } from '@mailwright/core'

type Verb = (...args: readonly unknown[]) => unknown

/** What is called instead of a verb: `go` runs the real one. */
type Around = (path: string, go: () => unknown) => unknown

/** The port with every verb, also those of objects within it (such as `storage.read`), run through `around`. */
const wrapped = <T extends object>(port: T, around: Around, except: readonly string[], prefix = ''): T =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      const path = `${prefix}${String(name)}`
      if (typeof member === 'function') {
        if (except.includes(path)) return member.bind(target)
        const verb = member as Verb
        return (...args: readonly unknown[]) => around(path, () => Reflect.apply(verb, target, args))
      }
      return isPlainObject(member) ? wrapped(member, around, except, `${path}.`) : member
    },
  })

const isPlainObject = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

export interface FaultOptions {
  /** What the failing call rejects with; ADAPTER_FAILED with the fault's place in its details if left out. */
  readonly error?: unknown
  /** `once`: the calls after the failing one work (a lost connection). `dead`: they fail too (a killed process). */
  readonly after?: 'once' | 'dead'
  /** Verbs that are neither counted nor failed, such as `close`, or those that answer no promise. */
  readonly except?: readonly string[]
}

const failing = <T extends object>(port: T, at: number, options: FaultOptions, done: boolean): T => {
  const { after = 'once', except = [] } = options
  let calls = 0
  const around = async (path: string, go: () => unknown): Promise<unknown> => {
    calls += 1
    const error = options.error ?? new MailError('ADAPTER_FAILED', { fault: done ? 'after' : 'before', call: at, path })
    if (calls < at || (calls > at && after === 'once')) return go()
    if (calls === at && done) await go()
    throw error
  }
  return wrapped(port, around, except)
}

/** The port whose n-th call (the first is 1) fails before anything has happened. Every verb that is not excepted must answer a promise. */
export const failBefore = <T extends object>(port: T, at: number, options: FaultOptions = {}): T =>
  failing(port, at, options, false)

/** The port whose n-th call does its work and fails then: the caller cannot know that it was done. */
export const failAfter = <T extends object>(port: T, at: number, options: FaultOptions = {}): T =>
  failing(port, at, options, true)

/** The port, and the verbs called so far in their order: how long a sweep over all points of failure has to be. */
export const countingCalls = <T extends object>(
  port: T,
  options: Pick<FaultOptions, 'except'> = {},
): { readonly port: T; readonly calls: readonly string[] } => {
  const calls: string[] = []
  const around = (path: string, go: () => unknown): unknown => {
    calls.push(path)
    return go()
  }
  return { port: wrapped(port, around, options.except ?? []), calls }
}
