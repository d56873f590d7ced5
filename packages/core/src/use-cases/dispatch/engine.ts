import { isSimulated } from '../../domain/delivery/index.js'
import { isMailError } from '../../errors/mail-error.js'
import type { RecipientOutcome, SourceRoute } from '../../ports/transport.js'
import type { Context } from '../context.js'
import { createQuarantine, type Quarantine } from '../quarantine/quarantine.js'
import { createSigning } from '../signing.js'
import { createFlusher, type Flusher } from './flusher.js'
import { createIpDesk, type IpDesk } from './ip-desk.js'
import { type CellMemos, createCellMemos } from './mail-cells.js'
import type { Outgoing } from './outgoing.js'
import { createRoute, type Route } from './route.js'
import { type Slots, slots } from './slots.js'
import { createTogether } from './together.js'

/** What a process sends with: its connections, its budget of unsettled mail, its flusher, and what it knows of the way out. */
export interface Engine {
  readonly ctx: Context
  readonly flusher: Flusher
  readonly route: Route
  readonly ips: IpDesk
  /** Where work goes that cannot be worked on. */
  readonly quarantine: Quarantine
  readonly cellMemo: CellMemos
  /** Connections for batch mail; a fifth of all is kept for single mail. */
  readonly batchSlots: Slots
  readonly singleSlots: Slots
  /** Mails started and not yet settled: what a kill can double (REL-3). */
  readonly unsettled: Slots
  /** Ends sends that are still running when the drain time is over. */
  readonly signal: AbortSignal
  readonly stopping: () => boolean
  /** Calls back when one of the keys is bumped in this process; returns the way to end it. */
  watch(keys: readonly string[], stale: () => void): () => void
  bumped(keys: readonly string[]): void
  /** Somebody may start more mail right now, so a flush need not hurry. */
  busy(by: 1 | -1): void
  /** The mail as it goes out: as it is where the transport signs, null if it cannot be signed. It takes time, so it is done before a turn in a rate is taken. */
  sign(mail: Outgoing, content: Uint8Array): Uint8Array | Promise<Uint8Array | null>
  /** With what else is given to it in this turn, when that is over. */
  together(act: () => void): void
  transmit(
    mail: Outgoing,
    signed: Uint8Array | null,
    from: string,
    route: SourceRoute | null,
  ): Promise<RecipientOutcome | { readonly type: 'broken'; readonly code: string }>
}

/** For mail of a batch, which waits for no turn between the two. */
export function signAndTransmit(
  engine: Engine,
  mail: Outgoing,
  content: Uint8Array,
  from: string,
  route: SourceRoute | null,
): ReturnType<Engine['transmit']> {
  const go = () => {
    const signed = engine.sign(mail, content)
    return signed instanceof Promise
      ? signed.then((ready) => engine.transmit(mail, ready, from, route))
      : engine.transmit(mail, signed, from, route)
  }
  return new Promise((resolve) => engine.together(() => resolve(go())))
}

/** What a transport may say; anything else is as good as silence. */
const outcomes: Readonly<Record<RecipientOutcome['type'], true>> = {
  accepted: true,
  refused: true,
  unreached: true,
  held: true,
  unknown: true,
}

/** A mail that cannot be signed is not sent, for it must not go unsigned: it waits for its key or its secret, and holds up no other domain's. */
const UNSIGNABLE: RecipientOutcome = {
  type: 'unreached',
  stage: 'mail',
  cause: 'the mail could not be signed with a DKIM key of its sender domain',
}

export function createEngine(
  ctx: Context,
  life: { readonly signal: AbortSignal; readonly stopping: () => boolean },
): Engine {
  const connections = Math.max(2, ctx.transport.capabilities.concurrency)
  const kept = Math.max(1, Math.floor(connections / 5))
  const watchers = new Set<{ readonly keys: ReadonlySet<string>; readonly stale: () => void }>()
  const signing = createSigning(ctx)
  const signs = ctx.dns.dkim === 'ours'
  let inFlight = 0
  let starters = 0
  const flusher = createFlusher(ctx, () => inFlight === 0 && starters === 0)
  return {
    ctx,
    flusher,
    route: createRoute(),
    ips: createIpDesk(ctx),
    together: createTogether(),
    quarantine: createQuarantine(ctx),
    cellMemo: createCellMemos(),
    batchSlots: slots(connections - kept),
    singleSlots: slots(kept),
    unsettled: slots(ctx.policy.unsettledMax),
    signal: life.signal,
    stopping: life.stopping,
    watch(keys, stale) {
      const watcher = { keys: new Set(keys), stale }
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    bumped(keys) {
      for (const { keys: watched, stale } of watchers) if (keys.some((key) => watched.has(key))) stale()
    },
    busy(by) {
      starters += by
      if (starters === 0) flusher.poke()
    },
    sign(mail, content) {
      if (!signs || isSimulated(mail.recipientDomain)) return content
      inFlight += 1
      return signing
        .sign(mail.message, content)
        .catch((error: unknown) => {
          ctx.logger.log('error', 'mail-not-signed', { domain: mail.domainName, error })
          return null
        })
        .finally(() => {
          inFlight -= 1
        })
    },
    async transmit(mail, signed, from, route) {
      if (signed === null) return UNSIGNABLE
      inFlight += 1
      try {
        const { recipients } = await ctx.transport.send(
          {
            id: mail.message.id,
            envelope: { from, to: [mail.message.mailbox] },
            content: signed,
            composed: true,
            route,
          },
          life.signal,
        )
        const [outcome] = recipients
        return outcome && outcome.type in outcomes
          ? outcome
          : { type: 'unknown', cause: 'the transport gave no outcome' }
      } catch (error) {
        if (isMailError(error) && error.kind !== 'adapter') return { type: 'broken', code: error.code }
        ctx.logger.log('error', 'transport-threw', { transport: ctx.transport.name, error })
        return { type: 'unreached', stage: 'connect', cause: `transport ${ctx.transport.name} failed` }
      } finally {
        inFlight -= 1
      }
    },
  }
}
