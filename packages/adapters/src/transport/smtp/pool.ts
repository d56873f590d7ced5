import type { Envelope, RecipientOutcome, Stage } from '@mailwright/core'
import type { AbortWatch } from '../smtp-lane/abort-watch.js'
import type { OutgoingMail } from '../smtp-lane/mail-in-flight.js'
import type { Session } from '../smtp-lane/session.js'
import type { Opened } from '../smtp-lane/session-options.js'

/** A mail that was certainly not taken changes its connection so often; core retries the rest. */
const AGAIN_MAX = 2
/** After a connection that failed beside others that stand, no further one is tried for so long. */
const REST_MS = 1_000

interface PooledMail extends OutgoingMail {
  again: number
  /** While it waits for a session: calls off the watch for its signal. */
  unwatch: (() => void) | null
  readonly told: Told
}

/** Is called once. */
type Told = (outcomes: readonly RecipientOutcome[]) => void

export interface PoolOptions {
  /** The signal aborts when the pool has closed. */
  readonly open: (signal: AbortSignal) => Promise<Opened>
  readonly connections: number
  readonly abortWatch: AbortWatch
  readonly now: () => number
}

export interface Pool {
  send(envelope: Envelope, content: Buffer, signal: AbortSignal, told: Told): void
  /** Waits for running sends. */
  close(): Promise<void>
}

const unreached = ({ envelope }: PooledMail, stage: Stage, cause: string): readonly RecipientOutcome[] =>
  envelope.to.map(() => ({ type: 'unreached', stage, cause }))

/**
 * Sessions with one server. A mail goes to an idle session, else a new connection is opened for it, and when no more are allowed it queues where fewest do.
 * Only when nothing stands and nothing can be opened do those that wait hear of it.
 */
export const createPool = ({ open, connections, abortWatch, now }: PoolOptions): Pool => {
  const sessions: Session[] = []
  let waiting: PooledMail[] = []
  let underWay = 0
  let drained: () => void = () => undefined
  let opening = 0
  let restUntil = 0
  const ended = new AbortController()

  const bestOf = (): Session | null => {
    let best: Session | null = null
    for (const session of sessions) if (session.room > 0 && (best === null || session.load < best.load)) best = session
    return best
  }

  const finish = (mail: PooledMail, outcomes: readonly RecipientOutcome[]): void => {
    mail.unwatch?.()
    mail.told(outcomes)
    underWay -= 1
    if (underWay === 0) drained()
  }

  /** Until it is given to a session, which watches itself. */
  const watch = (mail: PooledMail): void => {
    mail.unwatch = abortWatch(mail.signal, () => {
      const index = waiting.indexOf(mail)
      if (index < 0) return
      waiting.splice(index, 1)
      finish(mail, unreached(mail, 'connect', 'aborted'))
    })
  }

  const give = (session: Session, mail: PooledMail): void => {
    mail.unwatch?.()
    mail.unwatch = null
    session.take(mail)
  }

  /** It was certainly not taken. */
  const again = (mail: PooledMail, cause: string): void => {
    mail.again += 1
    if (mail.again > AGAIN_MAX) finish(mail, unreached(mail, 'mail', cause))
    else {
      waiting.unshift(mail)
      watch(mail)
      look()
    }
  }

  const openOne = async (): Promise<void> => {
    opening += 1
    const opened = await open(ended.signal)
    opening -= 1
    if (opened.type === 'open') {
      restUntil = 0
      if (ended.signal.aborted) void opened.session.close()
      else adopt(opened.session)
    } else {
      restUntil = now() + REST_MS
      // Else nobody would look before some other mail is answered.
      setTimeout(() => look(), REST_MS).unref()
      if (sessions.length === 0 && opening === 0) {
        const failed = waiting
        waiting = []
        for (const mail of failed) finish(mail, unreached(mail, opened.stage, opened.cause))
      }
    }
    look()
  }

  const adopt = (session: Session): void => {
    // It may have ended in the very moment it began.
    if (session.usable) sessions.push(session)
    session.onChange = () => {
      const index = session.usable || session.load > 0 ? -1 : sessions.indexOf(session)
      if (index >= 0) sessions.splice(index, 1)
      look()
    }
  }

  const mayOpen = (): boolean => {
    if (opening >= waiting.length || sessions.length + opening >= connections) return false
    return sessions.length + opening === 0 || restUntil <= now() + 1
  }

  /**
   * Brings together what waits and what is free: an idle session, else a new one, else the least busy. Only so many mails wait for a new connection as are being
   * opened: some open slowly, some never.
   */
  const look = (): void => {
    for (let mail = waiting[0]; mail !== undefined; mail = waiting[0]) {
      const session = bestOf()
      if (session?.load !== 0) {
        while (mayOpen()) void openOne()
        if (session === null || waiting.length <= opening) return
      }
      waiting.shift()
      give(session, mail)
    }
  }

  return {
    send(envelope, content, signal, told) {
      const mail: PooledMail = {
        envelope,
        content,
        signal,
        again: 0,
        unwatch: null,
        told,
        settle(result) {
          if (result.type === 'outcomes') finish(mail, result.outcomes)
          else again(mail, result.cause)
        },
      }
      underWay += 1
      waiting.push(mail)
      look()
      if (waiting.at(-1) === mail) watch(mail)
    },
    async close() {
      if (underWay > 0)
        await new Promise<void>((resolve) => {
          drained = resolve
        })
      // One that was being opened for nobody any more holds up no process.
      ended.abort()
      await Promise.all([...sessions].map((session) => session.close()))
    },
  }
}
