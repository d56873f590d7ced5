import type { SendAnswer } from '@mailwright/core'
import type { Problem } from '../../api/problem.js'

type Message = SendAnswer['messages'][number]

/**
 * What the gates said of each recipient, if nobody was accepted. The refusal names no address, but keeps the order in which they were given.
 */
export function refusedMessages({ details }: Problem, recipients: readonly string[]): readonly Message[] {
  const { messages } = details
  if (!Array.isArray(messages)) return []
  return recipients.flatMap((to, index): readonly Message[] => {
    const refusal = refusalIn(messages[index])
    return refusal === null ? [] : [{ id: null, to, role: 'to', state: 'refused', refusal }]
  })
}

function refusalIn(message: unknown): NonNullable<Message['refusal']> | null {
  if (!has(message, 'refusal') || !has(message.refusal, 'code') || typeof message.refusal.code !== 'string') return null
  const { code } = message.refusal
  const until =
    has(message.refusal, 'until') && typeof message.refusal.until === 'number' ? message.refusal.until : null
  return { code, until }
}

const has = <Name extends string>(given: unknown, name: Name): given is Readonly<Record<Name, unknown>> =>
  typeof given === 'object' && given !== null && name in given
