import type { CompiledMail } from '../../compose/index.js'
import { afterAttempt, Fact, isSimulated } from '../../domain/delivery/index.js'
import type { Block } from '../../domain/suppression/index.js'
import type { Change } from '../../ports/changes.js'
import type { Work } from '../../ports/rows.js'
import type { RecipientOutcome } from '../../ports/transport.js'
import { blocksFor } from '../block-lookup.js'
import type { MailRef } from '../chunk-work.js'
import { batchMail } from '../compose-mail.js'
import { batchMessage, laterWork, rowRef, stragglerWork } from './batch-mail.js'
import type { Departures } from './departures.js'
import { type Engine, signAndTransmit } from './engine.js'
import { type ChunkControl, entry, type QuotaReturn } from './flusher.js'
import { LEASE_MARGIN_MS } from './lease-keeper.js'
import { noticeOf, noticeOfEnd } from './notice-of.js'
import { type ChunkRow, type FlightHalt, haltOf, type OpenedChunk, reopened, watchOf } from './open-chunk.js'
import { attemptSeen, endedUntried, type Outgoing, putOff } from './outgoing.js'
import { providerOf } from './route.js'
import { turnOf } from './row-turn.js'
import { addSimulatedComplaint } from './simulated-complaint.js'
import { tellOutcome, tellUntried } from './tell.js'

const LOOK_MS = 5_000

/** A chunk while its mails are on their way. Small state that lives as long as the chunk is held. */
export class ChunkFlight implements ChunkControl {
  readonly id: string
  readonly token: string
  readonly watch: readonly string[]
  /** Why no further row is started; null while all goes well. */
  halt: FlightHalt | null
  /** Rows that were not settled: not started, or sent back by a route that is down. */
  left: ChunkRow[] = []
  readonly #engine: Engine
  #opened: OpenedChunk
  #mail: CompiledMail | null
  readonly #departures: Departures
  #blockOf: (key: string) => Block | null
  #next = 0
  /** Answered, or work of their own, and stored as such. A straggler's answer finds it here. */
  readonly #done = new Set<ChunkRow>()
  /** Rows below this index may be started. */
  #allowed = 0
  #epochs: readonly number[]
  #stale = false
  #blocksStale = false
  #peopleStale = false
  #leaseUntil: number
  readonly #waiting = new Map<ChunkRow, number>()
  #moved: (() => void) | null = null
  #timer: (() => void) | null = null
  readonly #unwatch: (() => void)[]

  constructor(
    engine: Engine,
    work: Work,
    opened: OpenedChunk,
    mail: CompiledMail | null,
    blockOf: (key: string) => Block | null,
    departures: Departures,
  ) {
    this.id = work.id
    this.token = work.token ?? ''
    this.watch = watchOf(opened.run)
    this.#epochs = opened.epochs
    this.halt = opened.halt
    this.#engine = engine
    this.#opened = opened
    this.#mail = mail
    this.#blockOf = blockOf
    this.#departures = departures
    this.#leaseUntil = work.leaseUntil ?? 0
    this.#unwatch = [
      engine.flusher.hold(this),
      engine.watch(this.watch.slice(0, 3), () => {
        this.#stale = true
      }),
      engine.watch(this.watch.slice(3, -1), () => {
        this.#blocksStale = true
      }),
      engine.watch(this.watch.slice(-1), () => {
        this.#peopleStale = this.#stale = true
      }),
    ]
  }

  /** Starts what may be started; resolves when each started row is answered or has become a straggler. */
  async fly(): Promise<void> {
    if (this.#mail && !this.halt && this.#opened.rows.length > 0) {
      await this.#engine.flusher.renew(this)
      await this.#departures.plan()
      this.#look()
      this.#engine.busy(1)
      try {
        for (;;) {
          const row = this.#opened.rows[this.#next]
          if (!row || !(this.#startsAtOnce(row) || (await this.#mayStart(row)))) break
          this.#start(this.#opened.rows[this.#next++] ?? row, this.#mail)
        }
      } finally {
        this.#engine.busy(-1)
      }
      while (this.#waiting.size > 0) await this.#move()
    }
    this.left.push(...this.#opened.rows.slice(this.#next))
  }

  land(): void {
    this.#timer?.()
    for (const end of this.#unwatch) end()
  }

  /** In rows of the work row, not of what was left of it when it was claimed. */
  startedThrough(settling: number): number {
    const last = this.#opened.rows[this.#reach(settling) - 1]
    return last ? last.recipient.seq - this.#opened.ref.from + 1 : 0
  }

  /** How many rows may be started when `settling` more of them are settled. */
  #reach(settling: number): number {
    return Math.min(this.#opened.rows.length, this.#done.size + settling + this.#engine.ctx.policy.unsettledMax)
  }

  advanced(held: boolean, epochs: readonly number[], startedThrough: number, leaseUntil: number): void {
    if (!held) {
      this.halt = { type: 'lease-lost' }
    } else {
      this.#leaseUntil = leaseUntil
      const { rows, ref } = this.#opened
      while (this.#allowed < rows.length && (rows[this.#allowed]?.recipient.seq ?? 0) - ref.from < startedThrough)
        this.#allowed += 1
      if (this.#epochs.some((epoch, index) => epoch !== epochs[index])) this.#stale = this.#blocksStale = true
      this.#peopleStale ||= this.#epochs.at(-1) !== epochs.at(-1)
      this.#epochs = epochs
    }
    this.#wake()
  }

  failLeft(code: 'DOMAIN_BLOCKED_TODAY'): void {
    for (const row of this.left) this.#endUntried(row, 'failed', code)
    this.left = []
  }

  /** As `#mayStart`, where nothing has to be waited for: most rows of a batch. false: ask that. */
  #startsAtOnce(row: ChunkRow): boolean {
    const { unsettled, batchSlots } = this.#engine
    if (this.#stale || this.#blocksStale || this.#next >= this.#allowed || !this.#goesOn(row)) return false
    if (this.#departures.waitForPace(row.id) || !unsettled.tryTake()) return false
    if (batchSlots.tryTake()) return true
    unsettled.give()
    return false
  }

  /** Waits for window, budget and a connection; true: the last two are held. false: this row and those after it stay. */
  async #mayStart(row: ChunkRow): Promise<boolean> {
    const { ctx, unsettled, batchSlots } = this.#engine
    for (;;) {
      if (this.#stale || this.#blocksStale) await this.#refresh()
      if (!this.#goesOn(row)) return false
      if (this.#next >= this.#allowed) {
        // Rows that a broken route sent back settle with no flush: the window moves by a renewal then.
        await this.#idly(this.#reach(0) > this.#allowed ? this.#engine.flusher.renew(this) : this.#move())
        continue
      }
      const pace = this.#departures.waitForPace(row.id)
      if (pace) {
        await this.#idly(pace)
        continue
      }
      let waited = false
      for (const slots of [unsettled, batchSlots]) {
        if (slots.tryTake()) continue
        waited = true
        await this.#idly(slots.take().then(ctx.breathe))
      }
      if (!waited) return true
      const same = !this.#stale && !this.#blocksStale && this.#next < this.#allowed
      if (same && this.#goesOn(row) && !this.#departures.waitForPace(row.id)) return true
      unsettled.give()
      batchSlots.give()
    }
  }

  /** While this chunk waits it will start nothing, so a flush need not wait for it. */
  async #idly(waiting: Promise<void>): Promise<void> {
    this.#engine.busy(-1)
    await waiting
    this.#engine.busy(1)
  }

  #goesOn(row: ChunkRow): boolean {
    if (this.halt) return false
    const { ctx, route } = this.#engine
    const now = ctx.clock.now()
    const { lane } = row.recipient
    const source = this.#departures.sourceOf(row.id)?.ip ?? ''
    const held = this.#departures.heldUntil(row.id)
    const lanePaused = lane === 'other' ? 0 : route.pausedUntil(lane, source, now)
    if (this.#engine.stopping()) this.halt = { type: 'stopping' }
    else if (now > this.#leaseUntil - LEASE_MARGIN_MS) this.halt = { type: 'lease-lost' }
    else if (now >= this.#opened.today.end) this.halt = { type: 'day-over' }
    else if (route.closedUntil(now) > 0) this.halt = { type: 'route', until: route.closedUntil(now) }
    else if (lanePaused > 0 || held > 0) this.halt = { type: 'lane', until: Math.max(lanePaused, held) }
    return !this.halt
  }

  /** Somebody paused, cancelled or blocked: look before the next mail goes (REL-5). */
  async #refresh(): Promise<void> {
    const { ctx } = this.#engine
    const { run, today, rows } = this.#opened
    if (this.#peopleStale) {
      this.#peopleStale = false
      this.#opened = await reopened(ctx, this.#opened)
    }
    if (this.#stale) {
      this.#stale = false
      const halt = await haltOf(ctx, run, today)
      this.halt ??= halt
      this.#mail &&= await batchMail(ctx, run)
    }
    if (this.#blocksStale) {
      this.#blocksStale = false
      await this.#departures.look()
      const mail = { account: run.account, senderDomain: run.data.domainName, trigger: false }
      this.#blockOf = await blocksFor(
        ctx,
        mail,
        rows.slice(this.#next).map(({ recipient }) => recipient.key),
      )
    }
  }

  /** Holds one unsettled place and one connection; each way out gives both back. */
  #start(row: ChunkRow, compiled: CompiledMail): void {
    const { ctx, batchSlots, unsettled } = this.#engine
    const { run, ref } = this.#opened
    const mail = batchMessage(run, ref, row)
    const block = this.#blockOf(row.recipient.key)
    const source = this.#departures.sourceOf(row.id)?.ip ?? ''
    const turn = turnOf(this.#engine, this.#opened, row, mail, { compiled, block, source })
    if (turn.type !== 'send') {
      batchSlots.give()
      unsettled.give()
      if (turn.type === 'end') this.#endUntried(row, turn.fact, turn.why)
      else this.#postpone(row, mail, turn.until)
      return
    }
    this.#waiting.set(row, ctx.clock.now())
    const from = ctx.returnPaths.of(mail.message, run.data.domainName)
    const sent = signAndTransmit(this.#engine, mail, turn.content, from, this.#departures.depart(row.id))
    void sent.then((outcome) => {
      batchSlots.give()
      this.#answered(row, mail, outcome, source)
    })
  }

  #answered(
    row: ChunkRow,
    mail: Outgoing,
    outcome: RecipientOutcome | { readonly type: 'broken'; readonly code: string },
    source: string,
  ): void {
    const { ctx, flusher, route, unsettled, cellMemo } = this.#engine
    const straggled = !this.#waiting.delete(row)
    const also = straggled ? [{ type: 'work.drop', kind: 'straggler', parent: row.id } as const] : []
    if (outcome.type === 'broken') {
      unsettled.give()
      this.#endUntried(row, 'failed', outcome.code)
      return
    }
    const now = ctx.clock.now()
    const { validForSeconds, onUnknown } = ctx.policy
    const acceptedAt = mail.message.acceptedAt
    const result = afterAttempt({
      outcome,
      attempt: 1,
      now,
      acceptedAt,
      random: ctx.random(),
      validForSeconds,
      onUnknown,
      route: ctx.transport.capabilities.direct ? 'direct' : 'relay',
      facts: Fact.accepted,
    })
    if (result.routeDown && result.retryAt !== null) {
      route.failed(result.reason ?? 'unreachable', now)
      unsettled.give()
      this.#departures.undo(row.id)
      if (!straggled) {
        this.left.push(row)
        this.#done.add(row)
      }
      this.#wake()
      return
    }
    if (result.held) {
      unsettled.give()
      this.#departures.undo(row.id)
      if (result.retryAt === null) this.#endUntried(row, 'expired', 'EXPIRED')
      else this.#postpone(row, mail, result.retryAt, straggled ? also : null)
      this.#wake()
      return
    }
    if (!result.routeDown) route.reached()
    if (result.pauseLane) route.pause(providerOf(mail.recipientDomain), source, result.pauseLane.until)
    // A first attempt that reached nobody leaves the grant unused, and the next one takes no other (TSK-6).
    const quotaDay = (result.facts & Fact.handedOver) === 0 ? this.#opened.ref.quotaDay : ''
    const retry =
      result.retryAt === null ? null : laterWork('retry', row.id, this.#mailRef(row, quotaDay), mail, result.retryAt)
    const observation = attemptSeen(mail, 1, result, retry, {
      now,
      dayStart: this.#opened.today.start,
      cellMemo,
      policy: ctx.policy,
      blockFull: this.#opened.blockFull,
    })
    const stored = () => {
      unsettled.give()
      tellOutcome(ctx, mail, result, now)
      this.#settled(row)
    }
    const quotaReturn = isSimulated(mail.recipientDomain) ? this.#unusedGrant() : null
    const notice = noticeOf(mail, 1, result, now)
    flusher.add(entry({ observation, notice, chunk: straggled ? null : this, quotaReturn, also, stored }))
    addSimulatedComplaint(flusher, mail, result, now)
    this.#wake()
  }

  #mailRef(row: ChunkRow, quotaDay: string, mayHaveLeft = false): MailRef {
    return { request: null, row: rowRef(this.#opened.run, this.#opened.ref, row), quotaDay, mayHaveLeft }
  }

  /** It is left for later untried: the mail becomes work of its own and keeps its grant. `straggled`: what has to be undone if it no longer belonged to the chunk. */
  #postpone(row: ChunkRow, mail: Outgoing, until: number, straggled: readonly Change[] | null = null): void {
    const { flusher } = this.#engine
    const work = laterWork('postponed', row.id, this.#mailRef(row, this.#opened.ref.quotaDay), mail, until)
    const observation = putOff(mail, work, this.#engine.ctx.clock.now())
    if (straggled === null) flusher.add(entry({ observation, chunk: this, stored: () => this.#settled(row) }))
    else flusher.add(entry({ observation, also: straggled }))
  }

  #endUntried(row: ChunkRow, fact: 'dropped' | 'expired' | 'failed', why: string): void {
    const { ctx, flusher, cellMemo } = this.#engine
    const { run, ref, today } = this.#opened
    const mail = batchMessage(run, ref, row)
    const now = ctx.clock.now()
    const observation = endedUntried(mail, fact, why, { now, cellMemo, dayStart: today.start })
    const quotaReturn = why === 'OUTCOME_UNKNOWN' ? null : this.#unusedGrant()
    const stored = () => {
      tellUntried(ctx, mail, fact, why, now)
      this.#settled(row)
    }
    const notice = noticeOfEnd(mail, fact, why, now)
    flusher.add(entry({ observation, notice, chunk: this.#done.has(row) ? null : this, quotaReturn, stored }))
    this.#waiting.delete(row)
    this.#wake()
  }

  /** The grant of one row, to be given back the day it was given (TSK-6). */
  #unusedGrant(): QuotaReturn | null {
    const { run, ref, today } = this.#opened
    if (ref.quotaDay !== today.day) return null
    return { scope: run.data.domain, day: today.day, count: 1, lease: { id: this.id, token: this.token } }
  }

  #settled(row: ChunkRow): void {
    this.#done.add(row)
    this.#wake()
  }

  /** From time to time: renew the lease of a slow chunk, and let stragglers go so that a slow peer holds nobody. */
  #look(): void {
    this.#timer = this.#engine.ctx.after(LOOK_MS, () => {
      const { ctx, flusher } = this.#engine
      const now = ctx.clock.now()
      for (const [row, since] of this.#waiting) {
        if (now - since < ctx.policy.stragglerMs) continue
        this.#waiting.delete(row)
        const work = stragglerWork(row.id, this.#mailRef(row, this.#opened.ref.quotaDay, true), this.#opened.run, now)
        flusher.add(entry({ chunk: this, also: [work], stored: () => this.#settled(row) }))
      }
      if (!this.halt) void flusher.renew(this)
      this.#wake()
      this.#look()
    })
  }

  #move(): Promise<void> {
    return new Promise((resolve) => {
      this.#moved = resolve
    })
  }

  #wake(): void {
    const moved = this.#moved
    this.#moved = null
    moved?.()
  }
}
