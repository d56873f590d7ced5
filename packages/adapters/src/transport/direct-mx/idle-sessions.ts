/** What is kept open between mails: usable until somebody says otherwise. */
export interface Idle {
  readonly usable: boolean
  close(): Promise<void>
}

/** Sessions without a mail, the newest taken first. Each ends by itself once it was idle for too long. */
export interface IdleSessions<S extends Idle> {
  take(key: string): S | undefined
  put(key: string, group: string, session: S): void
  /** Closes the oldest of a group until there are at most so many: what is idle counts at the far side like what is busy. */
  trim(group: string, most: number): void
  /** Forgets those that have ended; to be called from time to time. */
  look(): void
  close(): Promise<void>
}

export const idleSessions = <S extends Idle>(most: number): IdleSessions<S> => {
  /** In the order they became idle. */
  const kept = new Map<S, { readonly key: string; readonly group: string }>()
  const byKey = new Map<string, S[]>()
  const closing = new Set<Promise<void>>()

  const forget = (session: S, key: string): void => {
    kept.delete(session)
    const left = (byKey.get(key) ?? []).filter((one) => one !== session)
    if (left.length > 0) byKey.set(key, left)
    else byKey.delete(key)
  }
  const end = (session: S): void => {
    const ending = session.close().catch(() => undefined)
    closing.add(ending)
    void ending.then(() => closing.delete(ending))
  }

  return {
    take(key) {
      for (let session = byKey.get(key)?.at(-1); session; session = byKey.get(key)?.at(-1)) {
        forget(session, key)
        if (session.usable) return session
        end(session)
      }
      return undefined
    },
    put(key, group, session) {
      kept.set(session, { key, group })
      byKey.set(key, [...(byKey.get(key) ?? []), session])
      const [oldest] = kept
      if (kept.size > most && oldest) {
        forget(oldest[0], oldest[1].key)
        end(oldest[0])
      }
    },
    trim(group, left) {
      const theirs = [...kept].filter(([, one]) => one.group === group)
      for (const [session, { key }] of theirs.slice(0, Math.max(0, theirs.length - left))) {
        forget(session, key)
        end(session)
      }
    },
    look() {
      for (const [session, { key }] of kept) {
        if (session.usable) continue
        forget(session, key)
        end(session)
      }
    },
    async close() {
      for (const [session, { key }] of kept) {
        forget(session, key)
        end(session)
      }
      await Promise.all(closing)
    },
  }
}
