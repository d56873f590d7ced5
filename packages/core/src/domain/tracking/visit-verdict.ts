import type { Instant } from '../../ports/clock.js'
import { Fact } from '../delivery/index.js'
import {
  BURST_MS,
  CLICK_SOONEST_MS,
  harmlessWords,
  machineWords,
  PROXY_SOONEST_MS,
  privacyProxies,
  readerBeginnings,
  readingProxies,
} from './visitor-agents.js'

export const USER_AGENT_MAX = 400

/** A request for a pixel or a link, as far as it says something. */
export interface Visit {
  readonly kind: 'open' | 'click'
  readonly at: Instant
  /** '': none. */
  readonly userAgent: string
  readonly method: string
  /** What the header Sec-Purpose, Purpose or X-Purpose says, or ''. */
  readonly purpose: string
  /** The target of a click, else ''. */
  readonly link: string
}

/** Who it was, with the reason for a machine. */
export type Verdict =
  | { readonly by: 'human'; readonly why: null }
  | { readonly by: 'machine'; readonly why: MachineReason }

export type MachineReason =
  | 'head-request'
  | 'prefetch'
  | 'no-user-agent'
  | 'privacy-proxy'
  | 'image-proxy'
  | 'scanner'
  | 'program'
  | 'before-delivery'
  | 'too-soon'
  | 'several-links-at-once'

const human: Verdict = { by: 'human', why: null }
const machine = (why: MachineReason): Verdict => ({ by: 'machine', why })

/** What the request alone tells. */
export function requestVerdict({ kind, userAgent, method, purpose }: Omit<Visit, 'at' | 'link'>): Verdict {
  if (method.toUpperCase() === 'HEAD') return machine('head-request')
  if (/prefetch|preview|prerender/i.test(purpose.slice(0, USER_AGENT_MAX))) return machine('prefetch')
  const agent = userAgent.slice(0, USER_AGENT_MAX).trim().toLowerCase()
  if (agent === '') return machine('no-user-agent')
  if (privacyProxies.includes(agent)) return machine('privacy-proxy')
  // An image proxy fetches for a reader; it follows no links for him.
  if (isReadingProxy(agent)) return kind === 'open' ? human : machine('image-proxy')
  const telling = harmlessWords.reduce((text, word) => text.replaceAll(word, ''), agent)
  if (machineWords.some((word) => telling.includes(word)) || isCompatibleProgram(telling)) return machine('scanner')
  return readerBeginnings.some((beginning) => agent.startsWith(beginning)) ? human : machine('program')
}

/** `Mozilla/5.0 (compatible; …)` was a browser's last with Internet Explorer and Konqueror. */
const isCompatibleProgram = (agent: string): boolean =>
  /^mozilla\/5\.0 .{0,120}compatible[;)]/.test(agent) && !agent.includes('msie') && !agent.includes('konqueror')

const isReadingProxy = (agent: string): boolean => readingProxies.some((proxy) => agent.includes(proxy))

/** What is known of the mail when the visit is judged. */
export interface VisitedMail {
  readonly facts: number
  /** When the last attempt ended. */
  readonly lastAt: Instant
  /** Other clicks on links of the same mail. */
  readonly clicks: readonly { readonly at: Instant; readonly link: string }[]
}

/**
 * Who opened or clicked (TRK-3): pure, and the same whatever the order in which visits are judged. A person cannot open what is not delivered, is not
 * quicker than the mail program, and follows one link at a time.
 */
export function visitVerdict(visit: Visit, mail: VisitedMail): Verdict {
  const said = requestVerdict(visit)
  if (said.by === 'machine') return said
  // An attempt that was cut off may have arrived (REL-2).
  const arrived = (mail.facts & (Fact.delivered | Fact.unknown)) !== 0
  if (!arrived || visit.at <= mail.lastAt) return machine('before-delivery')
  const after = visit.at - mail.lastAt
  const proxy = isReadingProxy(visit.userAgent.toLowerCase())
  if (after < (visit.kind === 'click' ? CLICK_SOONEST_MS : proxy ? PROXY_SOONEST_MS : 0)) return machine('too-soon')
  const others = mail.clicks.filter(({ link, at }) => link !== visit.link && Math.abs(at - visit.at) <= BURST_MS)
  return visit.kind === 'click' && others.length > 0 ? machine('several-links-at-once') : human
}
