import { MailError } from '../errors/mail-error.js'
import type { Consumer } from '../ports/queue.js'
import { coalesce } from '../use-cases/accept-send/coalesce.js'
import type { Context } from '../use-cases/context.js'
import type { MailEvent } from '../use-cases/mail-event.js'
import { parseInput } from '../use-cases/parse-input.js'
import { createSecretBox } from '../use-cases/secret-box.js'
import { createTokens } from '../use-cases/tokens.js'
import { unsubscribesOf } from '../use-cases/unsubscribe.js'
import { type Account, accountOf } from './account.js'
import { createBell } from './bell.js'
import { diagnose } from './doctor.js'
import { ensure } from './ensure.js'
import { jitterOf } from './jitter.js'
import type { Health, MailService } from './mail-service.js'
import { nodeDns } from './node-dns.js'
import { type MailServiceOptions, optionsSchema, type ParsedOptions } from './options.js'
import { silentLogger } from './silent-logger.js'
import { type SharedClock, systemClock } from './system-clock.js'
import { uuidIds } from './uuid-ids.js'
import { createWorker } from './worker.js'

const DEFAULT_ACCOUNT = 'default'
const SHARDS = 16

/**
 * Makes the service: checks the options, brings the storage's schema up to date, and wires the rooms. Nothing runs until `start()` or `tick()`.
 * @throws OPTIONS_INVALID naming the field; STORAGE_IN_USE, STORAGE_UNAVAILABLE, MIGRATIONS_PENDING from the storage.
 */
export async function createMailService(options: MailServiceOptions): Promise<MailService> {
  const parsed = parseInput(optionsSchema, options, 'OPTIONS_INVALID')
  if (parsed.policy.accountPerSecond !== null && !parsed.limiter) {
    throw new MailError('OPTIONS_INVALID', {
      field: 'limiter',
      expected: 'a limiter, because policy.accountPerSecond is set',
    })
  }
  await parsed.storage.migrate()
  const shared = parsed.clock ? null : systemClock({ source: () => parsed.storage.time() })
  await shared?.start()
  return wire(parsed, shared)
}

function wire(options: ParsedOptions, shared: SharedClock | null): MailService {
  const bell = createBell()
  const listeners = new Map<string, Set<(event: MailEvent) => void>>()
  const { storage, transport, queue } = options
  const logger = options.logger ?? silentLogger
  const clock = options.clock ?? shared ?? systemClock()
  const ids = options.ids ?? uuidIds()
  const timers = new Set<NodeJS.Timeout>()
  const ctx: Context = {
    storage,
    transport,
    clock,
    ids,
    logger,
    limiter: options.limiter ?? null,
    resolver: options.resolver ?? nodeDns(),
    policy: options.policy,
    dns: options.dns,
    secrets: createSecretBox(options.secret),
    tokens: createTokens(options.secret),
    publicUrl: options.publicUrl ?? null,
    shard: (ids.bytes(1)[0] ?? 0) % SHARDS,
    ring(kind, at) {
      bell.ring(kind)
      void queue
        ?.publish([{ id: `ring:${kind}`, kind, ref: '', runAt: at ?? clock.now() }])
        .catch((error: unknown) => logger.log('warn', 'ring-lost', { kind, error: String(error) }))
    },
    bumped: (keys) => worker.engine.bumped(keys),
    emit(event) {
      for (const listener of listeners.get(event.type) ?? []) {
        try {
          listener(event)
        } catch (error) {
          logger.log('error', 'listener-threw', { event: event.type, error: String(error) })
        }
      }
    },
    after(ms, call) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        call()
      }, ms)
      timers.add(timer)
      return () => {
        clearTimeout(timer)
        timers.delete(timer)
      }
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    random: jitterOf(ids),
  }
  const worker = createWorker(ctx, bell, () => shared?.trusted ?? true)
  const submit = coalesce(ctx)
  const own = accountOf(ctx, DEFAULT_ACCOUNT, submit)
  let state: Health['worker'] = 'off'
  let consumer: Consumer | null = null

  return {
    ...own,
    ensure: (input) => ensure(ctx, DEFAULT_ACCOUNT, own, input),
    async start() {
      if (state === 'stopped') throw new MailError('SERVICE_STOPPED')
      if (state === 'running' || !options.worker) return
      state = 'running'
      consumer = (await queue?.consume(async ({ kind }) => bell.ring(kind))) ?? null
      worker.start()
    },
    async stop({ drainMs = 30_000 } = {}) {
      if (state === 'stopped') return
      state = 'stopped'
      await consumer?.stop()
      await worker.stop({ drainMs })
      await queue?.close({ drainMs })
      await options.limiter?.close()
      shared?.stop()
      for (const timer of timers) clearTimeout(timer)
      await transport.close()
      await storage.close()
    },
    async tick({ maxMs = 10_000 } = {}) {
      if (state === 'stopped') throw new MailError('SERVICE_STOPPED')
      return worker.tick({ maxMs })
    },
    async health() {
      const storageState = await storage.time().then(
        () => 'up' as const,
        () => 'down' as const,
      )
      const trouble = worker.engine.route.trouble
      return {
        ok: storageState === 'up' && trouble === null && state !== 'stopped',
        storage: storageState,
        transport: trouble,
        worker: state,
      }
    },
    doctor: () => diagnose(ctx, { trouble: worker.engine.route.trouble, trusted: shared?.trusted ?? true }),
    on(type, listener) {
      const known = listeners.get(type) ?? new Set()
      listeners.set(type, known.add(listener))
      return () => known.delete(listener)
    },
    account: (id) => (id === DEFAULT_ACCOUNT ? own : named(ctx, id, submit)),
    unsubscribes: unsubscribesOf(ctx),
  }
}

function named(ctx: Context, id: string, submit: ReturnType<typeof coalesce>): Account {
  if (!/^[\w.:-]{1,64}$/.test(id))
    throw new MailError('INPUT_INVALID', { field: 'account', expected: '1 to 64 letters, digits, _ - . :' })
  return accountOf(ctx, id, submit)
}
