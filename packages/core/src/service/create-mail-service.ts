import { z } from 'zod'
import { parseInventory } from '../domain/dedicated-ip/index.js'
import { MailError } from '../errors/mail-error.js'
import type { Consumer } from '../ports/queue.js'
import { coalesce } from '../use-cases/accept-send/coalesce.js'
import { authenticate, authenticateOptionsSchema } from '../use-cases/api-keys/index.js'
import type { Context } from '../use-cases/context.js'
import { createInventory, type Inventory } from '../use-cases/dedicated-ips/index.js'
import { parseInput } from '../use-cases/parse-input.js'
import { createDamagedRows } from '../use-cases/quarantine/damaged-rows.js'
import { readableStorage } from '../use-cases/quarantine/readable-storage.js'
import { lastRetention } from '../use-cases/retention/retain.js'
import { createReturnPaths } from '../use-cases/return-paths.js'
import { createSecretBox } from '../use-cases/secret-box.js'
import { createReviewer } from '../use-cases/templates/reviewer.js'
import { createTokens } from '../use-cases/tokens.js'
import { publicTracking } from '../use-cases/tracking/public-tracking.js'
import { createVisitIntake } from '../use-cases/tracking/visit-intake.js'
import { unsubscribesOf } from '../use-cases/unsubscribe.js'
import { putStandingChores } from '../use-cases/upkeep/run-upkeep.js'
import { type Account, accountOf } from './account.js'
import { createBell } from './bell.js'
import { httpCallbackClient } from './callback-client/http-callback-client.js'
import { diagnose } from './doctor/diagnose.js'
import { createDrainWatch } from './drain-watch.js'
import { ensure } from './ensure.js'
import { ingestOf } from './ingest.js'
import { jitterOf } from './jitter.js'
import { createListeners } from './listeners.js'
import type { Health, MailService } from './mail-service.js'
import { createGauges } from './metrics/gauges.js'
import { measuredLimiter } from './metrics/measured-limiter.js'
import { measuredLogger } from './metrics/measured-logger.js'
import { measuredStorage } from './metrics/measured-storage.js'
import { nodeDns } from './node-dns.js'
import { type MailServiceOptions, optionsSchema, type ParsedOptions } from './options.js'
import { loudLines, outboundOf } from './outbound/outbound.js'
import { createOutsideBell } from './outside-bell.js'
import { parkedOf } from './parked.js'
import { redactingLogger } from './redacting-logger.js'
import { silentLogger } from './silent-logger.js'
import { limiterOf } from './storage-limiter/limiter-of.js'
import { type SharedClock, systemClock } from './system-clock.js'
import { uuidIds } from './uuid-ids.js'
import { createWorker } from './worker.js'

const DEFAULT_ACCOUNT = 'default'
const tickSchema = z.strictObject({ maxMs: z.number().min(0).default(10_000) })
const SHARDS = 16

/**
 * Makes the service: checks the options, brings the storage's schema up to date, and wires the rooms. Nothing runs until `start()` or `tick()`.
 * @throws OPTIONS_INVALID naming the field; STORAGE_IN_USE, STORAGE_UNAVAILABLE, MIGRATIONS_PENDING from the storage.
 */
export async function createMailService(options: MailServiceOptions): Promise<MailService> {
  const parsed = parseInput(optionsSchema, options, 'OPTIONS_INVALID')
  const inventory = createInventory(parseInventory(parsed.dedicatedIps))
  if (parsed.dev && process.env.NODE_ENV === 'production') {
    throw new MailError('OPTIONS_INVALID', { field: 'dev', expected: 'false under NODE_ENV=production' })
  }
  if (!parsed.transport && !parsed.dev) {
    throw new MailError('OPTIONS_INVALID', { field: 'transport', expected: 'a transport, or dev: true' })
  }
  await parsed.storage.migrate()
  const shared = parsed.clock ? null : systemClock({ source: () => parsed.storage.time() })
  await shared?.start()
  return wire(measured(parsed), shared, inventory)
}

/** Without metrics everything is as it was given. */
function measured(options: ParsedOptions): ParsedOptions {
  const { metrics, limiter, logger, storage } = options
  if (!metrics) return options
  return {
    ...options,
    storage: measuredStorage(storage, metrics),
    logger: measuredLogger(logger ?? silentLogger, metrics),
    ...(limiter && { limiter: measuredLimiter(limiter, metrics) }),
  }
}

function wire(options: ParsedOptions, shared: SharedClock | null, inventory: Inventory): MailService {
  const bell = createBell()
  const { queue } = options
  const logger = redactingLogger(options.logger)
  const damaged = createDamagedRows(logger)
  const storage = readableStorage(options.storage, damaged)
  const listeners = createListeners(logger)
  const clock = options.clock ?? shared ?? systemClock()
  const ids = options.ids ?? uuidIds()
  const resolver = options.resolver ?? nodeDns()
  const outside = queue ? createOutsideBell(queue, { logger, clock }) : null
  const timers = new Set<NodeJS.Timeout>()
  const stopped = new AbortController()
  const after: Context['after'] = (ms, call) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      call()
    }, ms)
    timers.add(timer)
    return () => {
      clearTimeout(timer)
      timers.delete(timer)
    }
  }
  const limiter = limiterOf(options, { storage, clock, inventory })
  const { transport, inbox } = outboundOf(options, { now: () => clock.now(), after })
  for (const line of loudLines(options)) logger.log('warn', line.event, line.fields)
  const ctx: Context = {
    storage,
    transport,
    clock,
    ids,
    logger,
    damaged,
    limiter,
    resolver,
    callbackClient:
      options.callbackClient ??
      httpCallbackClient({ resolver, allowPrivateNetworks: options.policy.allowPrivateNetworks || options.dev }),
    policy: options.policy,
    dns: options.dns,
    inventory,
    secrets: createSecretBox(options.secret),
    tokens: createTokens(options.secret, { lifeDays: options.policy.trackingDays }),
    returnPaths: createReturnPaths(options.secret),
    reviewer: options.review ? createReviewer(options.review, { after, clock, logger, policy: options.policy }) : null,
    publicUrl: options.publicUrl ?? null,
    dev: options.dev,
    shard: (ids.bytes(1)[0] ?? 0) % SHARDS,
    ring(kind) {
      bell.ring(kind)
      watch.look()
      listeners.stir()
      outside?.ring(kind)
    },
    bumped: (keys) => worker.bumped(keys),
    emit: listeners.emit,
    hear: listeners.hear,
    stopped: stopped.signal,
    after,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    random: jitterOf(ids),
  }
  const watch = createDrainWatch(ctx)
  const worker = createWorker(ctx, bell, () => shared?.trusted ?? true, watch.beat)
  const submit = coalesce(ctx)
  const visits = createVisitIntake(ctx)
  const own = accountOf(ctx, DEFAULT_ACCOUNT, submit)
  let state: Health['worker'] = 'off'
  let choresPut = false
  let consumer: Consumer | null = null
  const gauges = options.metrics ? createGauges(ctx, worker.engine, () => state === 'running') : null
  const unwatch = gauges ? options.metrics?.watch(gauges.read) : undefined

  return {
    ...own,
    ensure: (input) => ensure(ctx, DEFAULT_ACCOUNT, own, input),
    async start() {
      if (state === 'stopped') throw new MailError('SERVICE_STOPPED')
      if (state === 'running' || !options.worker) return
      state = 'running'
      await inventory.ready(ctx)
      await putStandingChores(ctx)
      consumer = (await queue?.consume(async ({ kind }) => bell.ring(kind))) ?? null
      worker.start()
      await outside?.inspected()
    },
    async stop({ drainMs = 30_000 } = {}) {
      if (state === 'stopped') return
      state = 'stopped'
      stopped.abort()
      unwatch?.()
      gauges?.stop()
      await consumer?.stop()
      await worker.stop({ drainMs })
      await Promise.race([visits.drained(), new Promise<void>((resolve) => after(drainMs, resolve))])
      await queue?.close({ drainMs })
      await limiter?.close()
      shared?.stop()
      for (const timer of timers) clearTimeout(timer)
      await transport.close()
      await storage.close()
    },
    async tick(options = {}) {
      const { maxMs } = parseInput(tickSchema, options)
      if (state === 'stopped') throw new MailError('SERVICE_STOPPED')
      await inventory.ready(ctx)
      if (!choresPut) await putStandingChores(ctx)
      choresPut = true
      return worker.tick({ maxMs })
    },
    async health() {
      const storageState = await storage.time().then(
        () => 'up' as const,
        () => 'down' as const,
      )
      const trouble = worker.engine.route.trouble
      const overdueMs = storageState === 'up' ? await watch.overdueMs() : 0
      return {
        ok: storageState === 'up' && trouble === null && state !== 'stopped' && overdueMs === 0,
        ready: storageState === 'up' && state !== 'stopped',
        storage: storageState,
        transport: trouble,
        worker: state,
        overdueMs,
        retention: storageState === 'up' ? await lastRetention(ctx).catch(() => null) : null,
      }
    },
    doctor: async () =>
      diagnose(ctx, {
        trouble: worker.engine.route.trouble,
        clockTrusted: shared?.trusted ?? true,
        clockShared: shared !== null,
        overdueMs: await watch.overdueMs().catch(() => 0),
        now: clock.now(),
        systemNow: systemClock().now(),
        queue: queue ?? null,
        redirected: options.redirectAllTo !== undefined,
      }),
    on: listeners.on,
    authenticate: async (key, options = {}) =>
      authenticate(ctx, key, parseInput(authenticateOptionsSchema, options).from),
    account: (id) => (id === DEFAULT_ACCOUNT ? own : named(ctx, id, submit)),
    unsubscribes: unsubscribesOf(ctx),
    tracking: publicTracking(ctx, visits),
    ingest: ingestOf(ctx, options.eventSources),
    parked: parkedOf(ctx),
    inbox,
  }
}

function named(ctx: Context, id: string, submit: ReturnType<typeof coalesce>): Account {
  // A tenant whose id got lost on the way must not become the account 'undefined'.
  if (typeof id !== 'string' || !/^[\w.:-]{1,64}$/.test(id))
    throw new MailError('INPUT_INVALID', { field: 'account', expected: '1 to 64 letters, digits, _ - . :' })
  return accountOf(ctx, id, submit)
}
