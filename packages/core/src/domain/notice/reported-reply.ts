import type { Reply } from '../../ports/transport.js'
import { classifyReply, parseReply } from '../bounce/index.js'
import { statusOfWords } from './status-of-words.js'

const TEXT_MAX = 8_000
/** Not part of a longer number, an IP address or a version. */
const enhancedInside = /(?:^|[^\d.])([245]\.[0-7]\.\d{1,3})(?![\d.]*\d)/
const codeInside =
  /(?:^|[\s:;,"'(<[#=-])(4(?:21|3[12]|4[1267]|5\d|7[12])|5(?:0[0-4]|1\d|2[1-3]|[345]\d|7\d))(?=[\s\-:,;#)\]]|$)/

/** The reply that stands somewhere in a text: after `said:`, in a transcript, in brackets. */
export function replyIn(text: string): Reply {
  const cut = text.slice(0, TEXT_MAX)
  const enhanced = enhancedInside.exec(cut)?.[1] ?? null
  const code = Number(codeInside.exec(cut)?.[1] ?? 0)
  const read = parseReply(cut)
  return {
    code:
      read.code !== 0 && read.code !== 250 ? read.code : code || (enhanced ? Number(enhanced.charAt(0)) * 100 + 50 : 0),
    enhanced: read.enhanced ?? enhanced,
    text: read.text,
  }
}

/** Whether anything in the reply says why; a bare 5.0.0 does not. */
export const saysWhy = (reply: Reply): boolean => classifyReply(reply).kind !== 'other'

/** A permanent 5.4.z says that the way is lost; whether because there is no such domain, its words say. */
const lacksDetail = (reply: Reply): boolean =>
  !saysWhy(reply) || (reply.enhanced?.startsWith('5.4.') === true && classifyReply(reply).rule.startsWith('status-'))

const isVague = (status: string | null): boolean => status === null || /^[245]\.(?:[0-7]\.0|3\.\d+|4\.7)$/.test(status)

/**
 * The first of the texts that says why, most exact first. `status` is what the report states beside them; it wins over a text's own where that says less.
 * Where none says why, words that only reports use, and other languages, may.
 */
export function bestReply(status: string | null, texts: readonly string[]): Reply {
  const stated = /^\s*([245]\.\d{1,3}\.\d{1,3})/.exec(status ?? '')?.[1] ?? null
  const replies = texts.filter((text) => text.trim() !== '').map((text) => withStatus(replyIn(text), stated))
  const told = replies.find(saysWhy)
  if (told && !lacksDetail(told)) return told
  const first = replies[0] ?? withStatus({ code: 0, enhanced: null, text: '' }, stated)
  for (const reply of replies) {
    const said = statusOfWords(reply.text)
    if (said === null) continue
    // What is said to be temporary stays so.
    const soft = first.enhanced?.startsWith('4.') || (first.code >= 400 && first.code < 500)
    const enhanced = soft ? `4${said.slice(1)}` : said
    return { code: Number(enhanced.charAt(0)) * 100 + 50, enhanced, text: reply.text }
  }
  return told ?? first
}

function withStatus(reply: Reply, stated: string | null): Reply {
  const enhanced =
    stated !== null && (reply.enhanced === null || (isVague(reply.enhanced) && !isVague(stated)))
      ? stated
      : reply.enhanced
  const code = reply.code !== 0 || enhanced === null ? reply.code : Number(enhanced.charAt(0)) * 100 + 50
  return { code, enhanced, text: reply.text }
}
