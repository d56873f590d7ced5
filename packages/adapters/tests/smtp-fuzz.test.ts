import { smtp } from '@mailwright/adapters/transport/smtp'
import type { RecipientOutcome } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { randomServer } from './random-smtp-server.js'

const never = new AbortController().signal
const SERVERS = Number(process.env.MAILWRIGHT_FUZZ ?? 40)
const MAILS = 40

/** What one random server and our outcomes contradict each other in; nothing, if all is true. */
async function contradictions(seed: number): Promise<readonly string[]> {
  const server = await randomServer(seed)
  const timeouts = { connectMs: 300, greetingMs: 300, commandMs: 300, dataMs: 300, blockMs: 300, dotMs: 300 }
  const transport = smtp({
    url: `smtp://127.0.0.1:${server.port}`,
    connections: 3,
    maxMessagesPerConnection: 7,
    timeouts,
  })
  const send = async (number: number): Promise<readonly [string, RecipientOutcome | undefined]> => {
    const id = `m${number}`
    const content = Buffer.from(`X-Id: ${id}\r\n\r\nHello.\r\n`)
    const envelope = { from: '', to: [`${id}@example.org`] }
    return [id, (await transport.send({ id, route: null, envelope, content }, never)).recipients[0]]
  }
  const outcomes = await Promise.all(Array.from({ length: MAILS }, (_, number) => send(number)))
  await Promise.race([transport.close(), new Promise((resolve) => setTimeout(resolve, 500))])
  const wrong = outcomes.flatMap(([id, outcome]) => {
    const { dots, taken } = server.seen.get(id) ?? { dots: 0, taken: 0 }
    const say = (what: string) => [`seed ${seed}, ${id}: ${outcome?.type} but ${what}`]
    if (outcome === undefined) return say('no outcome')
    if (outcome.type === 'accepted' && taken === 0) return say('the server took nothing')
    if (outcome.type === 'unreached' && taken > 0) return say('the server took it')
    if (outcome.type === 'refused' && taken > 0) return say('the server took it')
    if (taken > 1) return say(`the server took it ${taken} times`)
    return outcome.type === 'unknown' && dots === 0 ? say('no final dot arrived') : []
  })
  await server.close()
  return wrong
}

describe('any server', () => {
  it(`REL-2: outcomes of ${MAILS} mails each at ${SERVERS} random servers are true, whatever the servers do (Z2)`, async () => {
    const seeds = Array.from({ length: SERVERS }, (_, index) => 1_000 + index)
    const wrong: string[] = []
    for (let from = 0; from < seeds.length; from += 10)
      wrong.push(...(await Promise.all(seeds.slice(from, from + 10).map(contradictions))).flat())
    expect(wrong).toEqual([])
  })
})
