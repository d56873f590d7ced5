import type { Reply } from '@mailwright/core'

const LONGEST = 2_000

/** Reads what nodemailer keeps of an SMTP reply: its lines, each with the code. null when it does not begin with one. */
export const readReply = (response: unknown): Reply | null => {
  if (typeof response !== 'string') return null
  const code = /^([2-5][0-9]{2})(?:[ -]|$)/.exec(response)?.[1]
  if (code === undefined) return null
  const texts = response.split(/\r?\n/).map((line) => (line.startsWith(code) ? line.slice(4) : line).trim())
  const text = texts.join('\n').trim().slice(0, LONGEST)
  const enhanced = /^[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])/.exec(text)?.[0] ?? null
  return { code: Number(code), enhanced, text }
}

/** The queue id most servers name in their answer to the content, for the operator's search in the other log. */
export const remoteIdOf = (reply: Reply): string | null =>
  /\b(?:queued as|id=)\s*<?([A-Za-z0-9._@-]{4,200})/i.exec(reply.text)?.[1] ?? null
