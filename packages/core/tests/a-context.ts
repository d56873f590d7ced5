import { captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Clock, Instant } from '../src/ports/clock.js'
import type { Ids } from '../src/ports/ids.js'
import type { Transport, TransportRequest } from '../src/ports/transport.js'
import type { Context } from '../src/use-cases/context.js'
import { createInventory } from '../src/use-cases/dedicated-ips/index.js'
import { type PolicyInput, policySchema } from '../src/use-cases/policy.js'
import { createDamagedRows } from '../src/use-cases/quarantine/damaged-rows.js'
import { createReturnPaths } from '../src/use-cases/return-paths.js'
import { createSecretBox } from '../src/use-cases/secret-box.js'
import { createTokens } from '../src/use-cases/tokens.js'

/** 2026-11-23T12:00:00Z, a Monday. */
export const NOON: Instant = Date.UTC(2026, 10, 23, 12)

const SECRET = 'a secret that only tests use'

/** Stands still until a test moves it; whoever sleeps wakes when it has been moved far enough. */
export interface TestClock extends Clock {
  advance(ms: number): void
}

export function aClock(start: Instant = NOON): TestClock {
  let now = start
  const sleepers = new Set<{ readonly at: Instant; readonly wake: () => void }>()
  return {
    now: () => now,
    sleepUntil(at, signal) {
      if (at <= now || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = () => {
          sleepers.delete(sleeper)
          resolve()
        }
        const sleeper = { at, wake }
        sleepers.add(sleeper)
        signal.addEventListener('abort', wake, { once: true })
      })
    },
    advance(ms) {
      now += ms
      for (const { at, wake } of [...sleepers]) if (at <= now) wake()
    },
  }
}

/** UUIDv7 of noon that count up: …000000000001, …000000000002. */
export function countingIds(): Ids {
  const time = NOON.toString(16).padStart(12, '0')
  let count = 0
  return {
    next: () => `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${(++count).toString(16).padStart(12, '0')}`,
    bytes: (length) => Uint8Array.from({ length }, (_, at) => (at * 37 + ++count) % 256),
  }
}

/** Takes every mail and keeps it. */
export interface TestTransport extends Transport {
  readonly sent: readonly TransportRequest[]
}

export function aTransport(): TestTransport {
  const sent: TransportRequest[] = []
  return {
    name: 'kept',
    capabilities: {
      concurrency: 10,
      maxBytes: 10_000_000,
      idempotent: false,
      smtpUtf8: true,
      sourceAddress: true,
      direct: false,
    },
    sent,
    async send(request) {
      sent.push(request)
      return { recipients: request.envelope.to.map(() => ({ type: 'accepted', remoteId: null, reply: null })) }
    },
    close: async () => undefined,
  }
}

/** What a test may look at beside the context itself. */
export interface TestContext extends Context {
  readonly clock: TestClock
  readonly transport: TestTransport
  readonly resolver: ReturnType<typeof fixedDns>
  /** Kinds rung and epoch keys bumped, in order. */
  readonly rung: string[]
  readonly bumpedKeys: string[]
}

type Overrides = Partial<Omit<TestContext, 'policy'>> & { readonly policy?: PolicyInput }

/** A context on memory storage with a stepped clock, a zone without records, counting ids and the rules' own numbers. */
export function aContext({ policy, ...overrides }: Overrides = {}): TestContext {
  const clock = overrides.clock ?? aClock()
  const rung: string[] = []
  const bumpedKeys: string[] = []
  return {
    storage: memoryStorage({ clock }),
    transport: aTransport(),
    clock,
    ids: countingIds(),
    limiter: null,
    resolver: fixedDns(),
    callbackClient: captureCallbackClient(),
    logger: { log: () => undefined },
    damaged: createDamagedRows({ log: () => undefined }),
    policy: policySchema.parse(policy ?? {}),
    dns: { spf: ['include:spf.operator.example'], dkim: 'ours' },
    secrets: createSecretBox(SECRET),
    tokens: createTokens(SECRET),
    returnPaths: createReturnPaths(SECRET),
    reviewer: null,
    inventory: createInventory([]),
    publicUrl: null,
    dev: false,
    shard: 0,
    rung,
    bumpedKeys,
    ring: (kind) => void rung.push(kind),
    bumped: (keys) => void bumpedKeys.push(...keys),
    emit: () => undefined,
    hear: () => () => undefined,
    stopped: new AbortController().signal,
    after: () => () => undefined,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    random: () => 0.5,
    ...overrides,
  }
}
