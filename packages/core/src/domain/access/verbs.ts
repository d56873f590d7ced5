/** ACC-3: `viewer` reads, `sender` also sends and keeps tasks, groups, templates and blocks, `admin` also does everything else. */
export const ROLES = ['viewer', 'sender', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Who may call a verb. `host`: only the host's own code, whatever the role of a caller over HTTP. */
export type Access = Role | 'host'

export interface VerbRule {
  readonly access: Access
  /** It makes something and takes an `idempotencyKey` (ACC-4). */
  readonly creates?: true
}

const rules = <const T extends Readonly<Record<string, VerbRule>>>(table: T): T => table

const reads = { access: 'viewer' } as const
const sends = { access: 'sender' } as const
const sendsNew = { access: 'sender', creates: true } as const
const administers = { access: 'admin' } as const
const administersNew = { access: 'admin', creates: true } as const

/**
 * Every verb of an account and who may call it (ACC-3): the one table that HTTP, console and API keys go by. A verb that is not here has no route; a
 * test finds it.
 */
export const verbs = rules({
  send: sendsNew,
  sendRegular: sendsNew,

  'domains.create': administersNew,
  'domains.verify': administers,
  'domains.get': reads,
  'domains.list': reads,
  'domains.delete': administers,
  'domains.rotateDkim': administersNew,
  'domains.setTags': administers,
  'domains.setScenario': administers,

  'senders.create': administersNew,
  'senders.list': reads,
  'senders.delete': administers,

  'templates.create': sendsNew,
  'templates.update': sendsNew,
  'templates.get': reads,
  'templates.list': reads,
  'templates.delete': sends,
  'templates.preview': reads,
  // TPL-7: who writes a template does not approve it.
  'templates.decide': { access: 'host' },

  'groups.create': sendsNew,
  'groups.importCsv': sendsNew,
  'groups.sampleCsv': reads,
  'groups.list': reads,
  'groups.get': reads,
  'groups.recipients': reads,
  'groups.delete': sends,

  'tasks.create': sendsNew,
  'tasks.plan': reads,
  'tasks.testSend': sendsNew,
  'tasks.list': reads,
  'tasks.get': reads,
  'tasks.runs': reads,
  'tasks.pause': sends,
  'tasks.restart': sends,
  'tasks.cancel': sends,
  'tasks.cycleOff': sends,
  'tasks.retryFailed': sends,
  'tasks.setTags': sends,

  'callbacks.setAccount': administersNew,
  'callbacks.setSender': administersNew,
  'callbacks.rotateSecret': administersNew,
  'callbacks.enable': administers,
  'callbacks.list': reads,
  'callbacks.delete': administers,
  'callbacks.resolve': reads,
  'callbacks.attempts': reads,
  'callbacks.replay': administers,

  'dedicatedIps.open': administers,
  'dedicatedIps.recommend': reads,
  'dedicatedIps.apply': administersNew,
  'dedicatedIps.list': reads,
  'dedicatedIps.status': reads,
  'dedicatedIps.assign': administers,
  'dedicatedIps.unassign': administers,
  'dedicatedIps.setTags': administers,
  'dedicatedIps.disable': administers,
  'dedicatedIps.close': administers,
  'dedicatedIps.bill': reads,
  'dedicatedIps.ledger': reads,

  'statistics.sending': reads,
  'statistics.tracking': reads,
  'statistics.exportCsv': reads,
  'statistics.settings.get': reads,
  'statistics.settings.setAccount': administers,
  'statistics.settings.setDomains': administers,

  'deliveries.queueStatus': reads,
  'deliveries.live': reads,
  'deliveries.messages': reads,
  'deliveries.timeline': reads,
  'deliveries.opens': reads,
  'deliveries.clicks': reads,
  'deliveries.complaints': reads,
  'deliveries.bounces': reads,
  'deliveries.unsubscribes': reads,
  'deliveries.exportCsv': reads,

  'blocklist.lookup': reads,
  'blocklist.invalid.list': reads,
  'blocklist.invalid.whitelist': sends,
  'blocklist.invalid.remove': sends,
  'blocklist.invalid.mine': reads,
  'blocklist.rejects.list': reads,
  // Somebody has said no: undoing that is not for everyone who sends.
  'blocklist.rejects.lift': administers,
  'blocklist.rejects.lifted': reads,
  'blocklist.settings.get': reads,
  'blocklist.settings.set': administers,
  'blocklist.importSuppressions': sends,
  'blocklist.custom.add': sendsNew,
  'blocklist.custom.importCsv': sendsNew,
  'blocklist.custom.modify': sends,
  'blocklist.custom.remove': sends,
  'blocklist.custom.list': reads,

  'people.export': administers,
  'people.erase': administers,

  'apiKeys.create': administersNew,
  'apiKeys.list': administers,
  'apiKeys.revoke': administers,

  'audit.list': administers,
  // T31: who could write records of what he did could write others.
  'audit.begin': { access: 'host' },
})

export type Verb = keyof typeof verbs

/** Verbs that a caller over HTTP may reach. */
export type RoleVerb = { [V in Verb]: (typeof verbs)[V]['access'] extends Role ? V : never }[Verb]

const ranks: Readonly<Record<Role, number>> = { viewer: 0, sender: 1, admin: 2 }

/** Whether a caller of this role may call the verb (ACC-3). */
export function roleAllows(role: Role, verb: Verb): boolean {
  const { access } = verbs[verb]
  return access !== 'host' && ranks[role] >= ranks[access]
}
