import { classifyReply, type RecipientOutcome, type Reply } from '@mailwright/core'
import { type Destination, destination } from './destination.js'
import { held } from './held.js'
import { type IdleSessions, idleSessions } from './idle-sessions.js'
import { mxGroup } from './mx-group.js'
import type { Hop, OpenedHost, OpenHost, OutgoingMail } from './open-host.js'
import type { Place, Places } from './places.js'
import { afterFailure, type Standing, unproven } from './standing.js'
import { unreached } from './unreached.js'

/** Hosts that were not reached lately; of others nothing is remembered. */
const MOST_TROUBLED = 10_000
/** Groups that are remembered, but for those that are busy or rest: each takes some kilobytes. */
const MOST_GROUPS = 5_000
/** Of those that are over it, looked at for each new one. */
const MOST_LOOKED_AT = 50
const LOOK_MS = 1_000

export interface PoolOptions {
  readonly open: OpenHost
  readonly perGroup: number
  /** For mail to groups that have never answered. */
  readonly strangers: Places
  readonly patienceMs: number
  readonly mostIdle: number
  readonly now: () => number
}

export interface Attempt {
  /** false: nothing was tried, because the host or its group is left alone for now. */
  readonly tried: boolean
  readonly outcomes: readonly RecipientOutcome[]
}

/** The connections of one transport. */
export interface Pool {
  send(hop: Hop, mail: OutgoingMail, signal: AbortSignal): Promise<Attempt>
  close(): Promise<void>
  /** Groups that are remembered. */
  readonly groups: number
}

const notTaken: Readonly<Record<Exclude<Place, 'taken' | 'aborted'> | 'resting', string>> = {
  resting: 'asked for less mail and is left alone for ten minutes',
  stuck: 'is not answering; the mail did not wait for it',
  crowded: 'takes mail slowly; the mail did not wait for its turn',
}

/** After so many failures in a row the host is each mail's own trouble: mail that meets it has been tried, as far as anybody can tell, and may be given up. */
const FAILURES_HELD = 2

const asksForLess = (reply: Reply | null): boolean => reply !== null && classifyReply(reply).rateLimited

export const createPool = ({ open, perGroup, strangers, patienceMs, mostIdle, now }: PoolOptions): Pool => {
  const groups = new Map<string, Destination>()
  const troubled = new Map<string, Standing>()
  const idle: IdleSessions<OpenedHost> = idleSessions(mostIdle)

  const timer = setInterval(() => {
    idle.look()
    strangers.look()
    for (const [key, group] of groups) {
      group.look()
      if (group.forgettable) groups.delete(key)
    }
  }, LOOK_MS)
  timer.unref()

  const groupOf = (key: string): Destination => {
    const known = groups.get(key)
    if (known !== undefined) return known
    if (groups.size >= MOST_GROUPS) forgetOne()
    const group = destination({ most: perGroup, patienceMs, now })
    groups.set(key, group)
    return group
  }
  const forgetOne = (): void => {
    let looked = 0
    for (const [key, group] of groups) {
      if (looked === MOST_LOOKED_AT) return
      looked += 1
      groups.delete(key)
      if (group.idle) return
      groups.set(key, group)
    }
  }

  const failed = (key: string): void => {
    // Connections that break together are one failure.
    if (isTroubled(key)) return
    const standing = afterFailure(troubled.get(key) ?? unproven, now())
    troubled.delete(key)
    troubled.set(key, standing)
    const [oldest] = troubled.keys()
    if (troubled.size > MOST_TROUBLED && oldest !== undefined) troubled.delete(oldest)
  }

  const isTroubled = (key: string): boolean => (troubled.get(key)?.restUntil ?? 0) > now()

  /** What becomes of mail to a host that was not reached lately. */
  const leftAlone = (key: string, host: string, { envelope: { to } }: OutgoingMail): Attempt => {
    const { failures, restUntil } = troubled.get(key) ?? unproven
    const cause = `${host} was not reached and is left alone`
    const outcomes = failures > FAILURES_HELD ? unreached(to, 'connect', cause) : held(to, restUntil - now(), cause)
    return { tried: false, outcomes }
  }

  /** Over a session that is open already if there is one: should that have died meanwhile, over a new one. */
  const deliver = async (
    hop: Hop,
    keys: { readonly session: string; readonly group: string; readonly host: string },
    mail: OutgoingMail,
    signal: AbortSignal,
  ): Promise<readonly RecipientOutcome[]> => {
    const group = groupOf(keys.group)
    for (let session = idle.take(keys.session); ; session = undefined) {
      const used = session !== undefined
      if (session === undefined) {
        idle.trim(keys.group, Math.max(0, perGroup - group.busy))
        const opened = await open(hop, signal)
        if (opened.type === 'failed') {
          if (asksForLess(opened.reply)) group.rateLimited()
          else if (opened.blames) failed(keys.host)
          return unreached(mail.envelope.to, opened.stage, opened.cause)
        }
        session = opened.session
      }
      const result = await session.send(mail.envelope, mail.content, signal)
      if (session.usable) idle.put(keys.session, keys.group, session)
      else void session.close()
      // Nothing was said about the mail: an old connection had come to its end. A new one is the server's word.
      if (result.type === 'again' && used && !signal.aborted) continue
      const outcomes = result.type === 'again' ? unreached(mail.envelope.to, 'mail', result.cause) : result.outcomes
      const lost = outcomes.every(({ type }) => type === 'unreached')
      if (outcomes.some((one) => one.type === 'refused' && asksForLess(one.reply))) group.rateLimited()
      else if (outcomes.some(({ type }) => type === 'accepted' || type === 'refused')) group.answered()
      if (!lost) troubled.delete(keys.host)
      else if (!signal.aborted) failed(keys.host)
      return outcomes
    }
  }

  return {
    async send(hop, mail, signal) {
      const { host, level, source } = hop
      const from = `${source.ip ?? ''} ${source.ehlo}`
      const name = mxGroup(host)
      const keys = { group: `${from} ${name}`, host: `${from} ${host}`, session: `${from} ${host} ${level}` }
      const { to } = mail.envelope
      if (isTroubled(keys.host)) return leftAlone(keys.host, host, mail)
      const aborted: Attempt = { tried: false, outcomes: unreached(to, 'connect', 'aborted') }
      const sentAway = (by: Pick<Places, 'comeAgainMs'>, cause: string): Attempt => ({
        tried: false,
        outcomes: held(to, by.comeAgainMs(), cause),
      })
      const group = groupOf(keys.group)
      const place = await group.take(signal)
      if (place === 'aborted') return aborted
      if (place !== 'taken') return sentAway(group, `${name} ${notTaken[place]}`)
      const stranger = !group.proven
      try {
        const turn = stranger ? await strangers.take(signal) : 'taken'
        if (turn === 'aborted') return aborted
        if (turn !== 'taken') return sentAway(strangers, `no place for ${name}: too many servers do not answer`)
        try {
          // Those who waited with it may have found out meanwhile.
          if (isTroubled(keys.host)) return leftAlone(keys.host, host, mail)
          return { tried: true, outcomes: await deliver(hop, keys, mail, signal) }
        } finally {
          if (stranger) strangers.give()
        }
      } finally {
        group.give()
      }
    },
    async close() {
      clearInterval(timer)
      await idle.close()
    },
    get groups() {
      return groups.size
    },
  }
}
