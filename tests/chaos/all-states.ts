import type { MailService } from '@mailwright/core'

/** What the service says of every mail of its account. */
export async function allStates(mail: MailService): Promise<readonly { recipient: string; state: string }[]> {
  const states: { recipient: string; state: string }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await mail.deliveries.messages({ limit: 100, ...(cursor === undefined ? {} : { cursor }) })
    states.push(...page.items)
    cursor = page.next
  }
  return states
}
