import { expect } from 'vitest'
import { type aFullService, fill, type Held } from './a-full-account.js'
import { asked, type OperationCall, operationCalls } from './operation-calls.js'

/** Looks like the ids of somebody's things and names nothing. */
export const absent: Held = {
  domain: '0193e6a0-0000-7000-8000-000000000001',
  sender: '0193e6a0-0000-7000-8000-000000000002',
  template: '0193e6a0-0000-7000-8000-000000000003',
  group: '0193e6a0-0000-7000-8000-000000000004',
  task: '0193e6a0-0000-7000-8000-000000000005',
  recurring: '0193e6a0-0000-7000-8000-000000000006',
  message: '0193e6a0-0000-7000-8000-000000000007',
  callback: '0193e6a0-0000-7000-8000-000000000008',
  ip: '192.0.2.99',
  key: 'aaaaaaaaaaaaaaaa',
}

const namesNothing = (call: OperationCall): boolean =>
  Object.values(absent).some((id) => JSON.stringify(call).includes(id))

/** Asks for everything that names an id, of what another account has and of what is not there: the answers must be the same to the letter, and nothing may have changed. */
export async function expectForeignAsAbsent(service: Awaited<ReturnType<typeof aFullService>>): Promise<void> {
  const { mail, ask } = service
  await fill(service, 'default')
  const foreign = await fill(service, 'other')
  const other = mail.account('other')
  const things = async () => [
    (await other.domains.list()).items,
    (await other.senders.list()).items,
    (await other.templates.list()).items,
    (await other.groups.list()).items,
    (await other.tasks.list()).items,
    (await other.callbacks.list()).items,
    (await other.dedicatedIps.list()).items,
    (await other.deliveries.messages()).items,
    (await other.apiKeys.list()).items,
    (await other.audit.list()).items,
    await other.statistics.settings.get(),
  ]
  const before = await things()
  const ofForeign = operationCalls(foreign)
  const pairs = operationCalls(absent).flatMap((call, at) =>
    namesNothing(call) ? [[call, ofForeign[at]] as const] : [],
  )
  expect(pairs.length).toBeGreaterThan(30)
  for (const [nothing, somebodys] of pairs) {
    if (!somebodys) continue
    const [expected, found] = [await ask(nothing.path, asked(nothing)), await ask(somebodys.path, asked(somebodys))]
    let text = await found.text()
    for (const [kind, id] of Object.entries(foreign)) text = text.replaceAll(id, absent[kind as keyof Held])
    expect([nothing.id, found.status, text]).toEqual([nothing.id, expected.status, await expected.text()])
  }
  expect(await things()).toEqual(before)
}
