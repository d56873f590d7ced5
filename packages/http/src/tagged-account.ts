import { type Account, MailError, mayAccess, type Tags } from '@mailwright/core'

interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** What a caller with tags cannot reach at all: whole namespaces of an account, and single calls. */
const CLOSED_TO_TAGS = [
  'deliveries',
  'blocklist',
  'callbacks',
  'statistics',
  'dedicatedIps',
  'people',
  'apiKeys',
  'audit',
  'senders.delete',
]

/** Whether an operation is refused to a caller with tags whatever it is about. */
export const isClosedToTags = (operation: string): boolean =>
  CLOSED_TO_TAGS.some((closed) => operation === closed || operation.startsWith(`${closed}.`))

/** One mailbox, so that its domain can be read in one way only. */
const ONE_MAILBOX = /^(?:[^<>()"@,;:]*<)?[^\s<>()"@,;:]+@([^\s<>()"@,;:]+?)>?$/

const forbidden = (details: Readonly<Record<string, Tags | string>>) => new MailError('FORBIDDEN', details)

/** Whatever is called on it, however deep, is refused. */
const refusing = <T>(): T =>
  new Proxy(() => undefined, {
    get: () => refusing(),
    apply: () => Promise.reject(forbidden({ field: 'tags', expected: 'a caller without tags' })),
  }) as T

const fieldOf = (input: unknown, name: string): unknown =>
  typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined

/**
 * What a caller with tags may reach of its account (ACC-3, DIP-4): the domains and tasks that carry all its tags, sending from those domains, and
 * templates and groups, which have no tags. The rest is refused, so that what is added later is closed until somebody has thought about it.
 * @param tags of the caller; none: the whole account.
 */
export function taggedAccount(account: Account, tags: Tags = {}): Account {
  if (Object.keys(tags).length === 0) return account

  const open = async (kind: 'domains' | 'tasks', name: string) => {
    const record = await account[kind].get(name)
    if (!mayAccess(tags, record.tags)) throw new MailError('NOT_FOUND')
    return record
  }
  /** The verb is called only on what carries the caller's tags. */
  const upon =
    <A extends readonly unknown[], R>(kind: 'domains' | 'tasks', call: (name: string, ...rest: A) => Promise<R>) =>
    async (name: string, ...rest: A): Promise<R> => {
      await open(kind, name)
      return call(name, ...rest)
    }
  const among =
    <I, T extends { readonly tags: Tags }>(list: (input?: I) => Promise<Page<T>>) =>
    async (input?: I): Promise<Page<T>> => {
      const { items, next } = await list(input)
      return { items: items.filter((item) => mayAccess(tags, item.tags)), next }
    }
  /** What is made, or tagged anew, carries the caller's tags. */
  const carries = (given: unknown) => {
    const own = Object.fromEntries(Object.keys(tags).map((key) => [key, fieldOf(given, key)]))
    if (Object.entries(tags).some(([key, value]) => own[key] !== value))
      throw forbidden({ field: 'tags', expected: 'the tags of the caller', nearest: tags })
  }
  const mailbox = async (input: unknown, field: 'from' | 'address') => {
    const domain = ONE_MAILBOX.exec(String(fieldOf(input, field)))?.[1]
    if (domain === undefined) throw forbidden({ field, expected: 'one plain address' })
    await open('domains', domain)
  }
  const from =
    <A extends readonly [unknown, ...unknown[]], R>(call: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      await mailbox(given[0], 'from')
      return call(...given)
    }

  const { domains, tasks, senders } = account
  return {
    domains: {
      async create(input) {
        carries(fieldOf(input, 'tags'))
        return domains.create(input)
      },
      list: among(domains.list),
      get: upon('domains', domains.get),
      verify: upon('domains', domains.verify),
      rotateDkim: upon('domains', domains.rotateDkim),
      setScenario: upon('domains', domains.setScenario),
      delete: upon('domains', domains.delete),
      async setTags(name, given) {
        await open('domains', name)
        carries(given)
        return domains.setTags(name, given)
      },
    },
    tasks: {
      create: from(async (input) => {
        carries(fieldOf(input, 'tags'))
        return tasks.create(input)
      }),
      plan: from(tasks.plan),
      testSend: from(tasks.testSend),
      list: among(tasks.list),
      get: upon('tasks', tasks.get),
      runs: upon('tasks', tasks.runs),
      pause: upon('tasks', tasks.pause),
      restart: upon('tasks', tasks.restart),
      cancel: upon('tasks', tasks.cancel),
      cycleOff: upon('tasks', tasks.cycleOff),
      retryFailed: upon('tasks', tasks.retryFailed),
      async setTags(id, given) {
        await open('tasks', id)
        carries(given)
        return tasks.setTags(id, given)
      },
    },
    senders: {
      async create(input) {
        await mailbox(input, 'address')
        return senders.create(input)
      },
      async list(input) {
        const domain = fieldOf(input, 'domain')
        if (typeof domain !== 'string') throw forbidden({ field: 'domain', expected: 'a domain of the caller' })
        await open('domains', domain)
        return senders.list(input)
      },
      delete: refusing(),
    },
    templates: account.templates,
    groups: account.groups,
    send: from(account.send),
    sendRegular: from(account.sendRegular),
    deliveries: refusing(),
    blocklist: refusing(),
    callbacks: refusing(),
    statistics: refusing(),
    dedicatedIps: refusing(),
    people: refusing(),
    apiKeys: refusing(),
    audit: refusing(),
  }
}
