import type { Envelope, RecipientOutcome, Stage } from '@mailwright/core'
import type { AbortWatch } from '../smtp-lane/abort-watch.js'
import type { Session } from '../smtp-lane/session.js'
import type { Opened } from '../smtp-lane/session-options.js'

/** A mail that was certainly not taken changes its connection so often; core retries the rest. */
const AGAIN_MAX = 2
/** After a connection that failed beside others that stand, no further one is tried for so long. */
const REST_MS = 1_000

interface Waiting {
  readonly envelope: Envelope
  readonly content: Uint8Array
  readonly signal: AbortSignal
  again: number
  readonly resolve: (outcomes: readonly RecipientOutcome[]) => void
}

export interface PoolOptions {
  /** The signal aborts when the pool has closed. */
  readonly open: (signal: AbortSignal) => Promise<Opened>
  readonly connections: number
  readonly abortWatch: AbortWatch
  readonly now: () => number
}

export interface Pool {
  send(envelope: Envelope, content: Uint8Array, signal: AbortSignal): Promise<readonly RecipientOutcome[]>
  /** Waits for running sends. */
  close(): Promise<void>
}

const unreached = ({ envelope }: Waiting, stage: Stage, cause: string): readonly RecipientOutcome[] =>
  envelope.to.map(() => ({ type: 'unreached', stage, cause }))

/**
 * Sessions with one server. A mail goes to an idle session, else a new connection is opened for it, and when no more are allowed it queues where fewest do.
 * Only when nothing stands and nothing can be opened do those that wait hear of it.
 */
export const createPool = ({ open, connections, abortWatch, now }: PoolOptions): Pool => {
  const sessions = new Set<Session>()
  const running = new Set<Promise<unknown>>()
  let waiting: Waiting[] = []
  let opening = 0
  let restUntil = 0
  const ended = new AbortController()

  const bestOf = (): Session | null => {
    let best: Session | null = null
    for (const session of sessions) if (session.room > 0 && (best === null || session.load < best.load)) best = session
    return best
  }

  const give = (session: Session, mail: Waiting): void => {
    void session.send(mail.envelope, mail.content, mail.signal).then((result) => {
      if (result.type === 'outcomes') return mail.resolve(result.outcomes)
      mail.again += 1
      if (mail.again > AGAIN_MAX) return mail.resolve(unreached(mail, 'mail', result.cause))
      waiting.unshift(mail)
      look()
    })
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
      if (sessions.size === 0 && opening === 0) {
        const failed = waiting
        waiting = []
        for (const mail of failed) mail.resolve(unreached(mail, opened.stage, opened.cause))
      }
    }
    look()
  }

  const adopt = (session: Session): void => {
    // It may have ended in the very moment it began.
    if (session.usable) sessions.add(session)
    session.onChange = () => {
      if (!session.usable && session.load === 0) sessions.delete(session)
      look()
    }
  }

  const mayOpen = (): boolean => {
    if (opening >= waiting.length || sessions.size + opening >= connections) return false
    return sessions.size + opening === 0 || restUntil <= now() + 1
  }

  /** Gives mails to sessions while `fits` says so of the least busy one. */
  const giveOut = (fits: (session: Session) => boolean): void => {
    for (let mail = waiting[0]; mail !== undefined; mail = waiting[0]) {
      const session = bestOf()
      if (session === null || !fits(session)) return
      waiting.shift()
      give(session, mail)
    }
  }

  /** Brings together what waits and what is free. Only so many mails wait for a new connection as are being opened: some open slowly, some never. */
  const look = (): void => {
    giveOut(({ load }) => load === 0)
    while (mayOpen()) void openOne()
    giveOut(({ load }) => load === 0 || waiting.length > opening)
  }

  const queue = (envelope: Envelope, content: Uint8Array, signal: AbortSignal) =>
    new Promise<readonly RecipientOutcome[]>((resolve) => {
      const unwatch = abortWatch(signal, () => {
        const index = waiting.indexOf(mail)
        if (index < 0) return
        waiting.splice(index, 1)
        mail.resolve(unreached(mail, 'connect', 'aborted'))
      })
      const mail: Waiting = {
        envelope,
        content,
        signal,
        again: 0,
        resolve(outcomes) {
          unwatch()
          resolve(outcomes)
        },
      }
      waiting.push(mail)
      look()
    })

  return {
    send(envelope, content, signal) {
      const sending = queue(envelope, content, signal)
      running.add(sending)
      void sending.then(() => running.delete(sending))
      return sending
    },
    async close() {
      while (running.size > 0) await Promise.all(running)
      // One that was being opened for nobody any more holds up no process.
      ended.abort()
      await Promise.all([...sessions].map((session) => session.close()))
    },
  }
}
