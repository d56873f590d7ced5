import type { Account, DomainView, Verb } from '@mailwright/core'
import { DOMAIN, SENDER } from './a-service.js'

/** One creating call, with the body `body`: calls with different bodies are different calls (ACC-4). */
export interface CreatingCall {
  readonly verb: Verb
  call(account: Account, body: 'one' | 'other', idempotencyKey: string): Promise<unknown>
  /** How many of the things it makes there are. */
  made(account: Account): Promise<number>
}

const count = async (page: Promise<{ readonly items: readonly unknown[] }>): Promise<number> =>
  (await page).items.length
const messages = (account: Account) => count(account.deliveries.messages({ limit: 1_000 }))

const HOOK = 'http://hooks.shop.example:8080/'
const secretOf = (body: string): string => `whsec_${Buffer.from(body.padEnd(32)).toString('base64')}`
/** Each secret that is set is one more, while the former ones overlap. */
const secretsOf = async ({ callbacks }: Account): Promise<number> =>
  (await callbacks.list()).items.reduce((sum, { secrets }) => sum + secrets, 0)

/** A domain that is not verified: each rotation replaces its keys. */
export const PENDING = 'mail.pending.example'
const selectors = new Map<string, Set<string>>()
function keysSeen({ id, dkim }: DomainView): number {
  const seen = selectors.get(id) ?? new Set()
  selectors.set(id, seen)
  for (const { selector } of dkim) seen.add(selector)
  return seen.size
}

/** Every call that makes something. A test says so when one is missing. */
export const creatingCalls: readonly CreatingCall[] = [
  {
    verb: 'send',
    call: ({ send }, body, idempotencyKey) =>
      send({ from: SENDER, to: 'ann@office.example', subject: body, text: 'x', idempotencyKey }),
    made: messages,
  },
  {
    verb: 'sendRegular',
    call: ({ sendRegular }, name, idempotencyKey) =>
      sendRegular({ from: SENDER, to: 'ann@office.example', template: 'welcome', variables: { name }, idempotencyKey }),
    made: messages,
  },
  {
    verb: 'domains.create',
    call: ({ domains }, body, idempotencyKey) =>
      domains.create({ name: `mail.${body}.example`, trust: 'operator', idempotencyKey }),
    made: ({ domains }) => count(domains.list()),
  },
  {
    verb: 'domains.rotateDkim',
    call: ({ domains }, body, idempotencyKey) =>
      domains.rotateDkim(PENDING, { keys: body === 'one' ? 'rsa-1024' : 'rsa-2048', idempotencyKey }),
    made: async ({ domains }) => keysSeen(await domains.get(PENDING)),
  },
  {
    verb: 'senders.create',
    call: ({ senders }, body, idempotencyKey) => senders.create({ address: `${body}-${SENDER}`, idempotencyKey }),
    made: ({ senders }) => count(senders.list()),
  },
  {
    verb: 'templates.create',
    call: ({ templates }, name, idempotencyKey) => templates.create({ name, text: 'x', idempotencyKey }),
    made: ({ templates }) => count(templates.list()),
  },
  {
    verb: 'templates.update',
    call: ({ templates }, text, idempotencyKey) => templates.update('plain', { text, idempotencyKey }),
    made: async ({ templates }) => (await templates.get('plain')).version.number,
  },
  {
    verb: 'groups.create',
    call: ({ groups }, name, idempotencyKey) => groups.create({ name, idempotencyKey }),
    made: ({ groups }) => count(groups.list()),
  },
  {
    verb: 'groups.importCsv',
    call: ({ groups }, body, idempotencyKey) =>
      groups.importCsv('readers', `email,name\n${body}@readers.example,A\n`, { idempotencyKey }),
    made: async ({ groups }) => (await groups.get('readers')).rows,
  },
  {
    verb: 'tasks.create',
    call: ({ tasks }, name, idempotencyKey) =>
      tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers', name, idempotencyKey }),
    made: ({ tasks }) => count(tasks.list()),
  },
  {
    verb: 'tasks.testSend',
    call: ({ tasks }, body, idempotencyKey) =>
      tasks.testSend({
        from: SENDER,
        to: `${body}@office.example`,
        template: 'welcome',
        group: 'readers',
        idempotencyKey,
      }),
    made: messages,
  },
  {
    verb: 'blocklist.custom.add',
    call: ({ blocklist }, body, idempotencyKey) =>
      blocklist.custom.add({ addresses: [`${body}@readers.example`], reason: 'x', idempotencyKey }),
    made: ({ blocklist }) => count(blocklist.custom.list()),
  },
  {
    verb: 'blocklist.custom.importCsv',
    call: ({ blocklist }, body, idempotencyKey) =>
      blocklist.custom.importCsv(`email\n${body}@readers.example\n`, { idempotencyKey }),
    made: ({ blocklist }) => count(blocklist.custom.list()),
  },
  {
    verb: 'dedicatedIps.apply',
    call: async ({ dedicatedIps }, body, idempotencyKey) => {
      await dedicatedIps.open({ agree: true })
      const scenario = body === 'one' ? 'marketing' : 'notification'
      return dedicatedIps.apply({ count: 1, domains: [DOMAIN], scenario, force: true, idempotencyKey })
    },
    made: ({ dedicatedIps }) => count(dedicatedIps.list()),
  },
  {
    verb: 'apiKeys.create',
    call: ({ apiKeys }, name, idempotencyKey) => apiKeys.create({ name, role: 'sender', idempotencyKey }),
    made: ({ apiKeys }) => count(apiKeys.list()),
  },
  {
    verb: 'callbacks.setAccount',
    call: ({ callbacks }, body, idempotencyKey) =>
      callbacks.setAccount({ url: HOOK, force: true, secret: secretOf(body), idempotencyKey }),
    made: secretsOf,
  },
  {
    verb: 'callbacks.setSender',
    call: ({ callbacks }, body, idempotencyKey) =>
      callbacks.setSender({ sender: SENDER, url: HOOK, force: true, secret: secretOf(body), idempotencyKey }),
    made: secretsOf,
  },
  {
    verb: 'callbacks.rotateSecret',
    call: async ({ callbacks }, body, idempotencyKey) => {
      const id = (await callbacks.resolve())?.id ?? ''
      return callbacks.rotateSecret({ id, secret: secretOf(body), idempotencyKey })
    },
    made: secretsOf,
  },
]
