import { AsyncLocalStorage } from 'node:async_hooks'
import { MailError } from '@mailwright/core'

/**
 * Where a simulated process is hit: at its n-th call (the first is 1) of any port, before that call does anything or after it has done all.
 * It dies of it, or the call fails once as if a connection was lost, and the process goes on.
 */
export interface CrashPoint {
  readonly call: number
  readonly when: 'before' | 'after'
  readonly then: 'die' | 'fail'
}

/**
 * A process that can die like one killed by kill -9: from that instant none of its calls is ever answered, also those under way, and none
 * of its timers fires. Nothing of it runs any more, so there is no error for it to handle.
 */
export interface Mortal {
  /** The port as this process sees it. */
  reach<T extends object>(port: T): T
  /** Runs as a part of the process; resolves with false if it died in the middle. */
  live(work: () => Promise<void>): Promise<boolean>
  /** Verbs called so far, in order. */
  readonly calls: readonly string[]
  readonly dead: boolean
  /** What the failing call rejects with. */
  readonly failure: MailError
}

const never = new Promise<never>(() => undefined)

export function mortal(crash: CrashPoint | null): Mortal {
  const calls: string[] = []
  const timers = new Set<NodeJS.Timeout>()
  let dead = false
  let die = () => {}
  const death = new Promise<false>((resolve) => {
    die = () => {
      dead = true
      for (const timer of timers) clearTimeout(timer)
      resolve(false)
    }
  })

  const failure = new MailError('STORAGE_UNAVAILABLE', { injected: true })
  const hit = (): void => {
    if (crash?.then === 'fail') throw failure
    die()
  }

  const around = async (verb: string, go: () => unknown): Promise<unknown> => {
    if (dead) return never
    calls.push(verb)
    const when = calls.length === crash?.call ? crash.when : null
    if (when === 'before') hit()
    if (dead) return never
    let answer: unknown
    try {
      answer = await go()
    } catch (error) {
      if (dead) return never
      throw error
    }
    if (when === 'after') hit()
    return dead ? never : answer
  }

  return {
    calls,
    failure,
    reach: (port) => wrapped(port, around, ''),
    live: (work) => life.run({ timers, isDead: () => dead }, () => Promise.race([work().then(() => true), death])),
    get dead() {
      return dead
    },
  }
}

type Around = (verb: string, go: () => unknown) => Promise<unknown>

function wrapped<T extends object>(port: T, around: Around, prefix: string): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      const verb = `${prefix}${String(name)}`
      if (typeof member === 'function') {
        return (...args: readonly unknown[]) => around(verb, () => Reflect.apply(member, target, args))
      }
      return typeof member === 'object' && member !== null ? wrapped(member, around, `${verb}.`) : member
    },
  })
}

/** Which process the running code belongs to; follows it through promises and timers. */
const life = new AsyncLocalStorage<{ readonly timers: Set<NodeJS.Timeout>; isDead(): boolean }>()

/** From here on every timer belongs to the process that set it. Without that, a dead one would go on renewing its leases. */
const realTimeout = globalThis.setTimeout
const ownedTimeout = (...args: Parameters<typeof realTimeout>): NodeJS.Timeout => {
  const timer = realTimeout(...args)
  const owner = life.getStore()
  owner?.timers.add(timer)
  if (owner?.isDead()) clearTimeout(timer)
  return timer
}
globalThis.setTimeout = Object.assign(ownedTimeout, realTimeout)
