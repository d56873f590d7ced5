import type { MailService } from '@mailwright/core'

export interface Probes {
  /** Answers `/livez` and `/readyz`, and null for any other path. */
  answer(request: Request): Promise<Response | null>
  /** From now on not ready: a balancer sends nothing new while what is under way ends. */
  leave(): void
}

const said = (ok: boolean, words: Readonly<Record<string, unknown>>): Response =>
  Response.json({ ok, ...words }, { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } })

/**
 * For orchestrators, open to anybody, so they say no more than which part is missing. Alive is whoever answers: a restart would not mend a database that is away. Ready is who
 * reaches its storage and is not about to end.
 */
export function probes(mail: Pick<MailService, 'health'>): Probes {
  let leaving = false
  return {
    async answer({ url }) {
      const { pathname } = new URL(url)
      if (pathname === '/livez') return said(true, {})
      if (pathname !== '/readyz') return null
      if (leaving) return said(false, { leaving })
      const { storage, worker } = await mail.health()
      return said(storage === 'up', { storage, worker })
    },
    leave() {
      leaving = true
    },
  }
}
