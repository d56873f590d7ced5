import { matchesTag, type Tags } from '../../domain/tags/index.js'
import type { Context } from '../../use-cases/context.js'
import {
  type CreateDomainInput,
  createDomain,
  createDomainSchema,
  type DomainView,
  deleteDomain,
  domainByNameOrId,
  domainView,
  type ListDomainsInput,
  listDomainsSchema,
  type RotateDkimInput,
  refSchema,
  rotateDkim,
  rotateDkimSchema,
  type SetDomainScenarioInput,
  setDomainScenario,
  setDomainScenarioSchema,
  setDomainTags,
  verifyDomain,
} from '../../use-cases/domains/index.js'
import { filteredPage } from '../../use-cases/filtered-page.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { typed } from '../../use-cases/stored.js'
import { tagsSchema } from '../../use-cases/tags-input.js'

export interface DomainsNamespace {
  /** Claims a name and answers its checklist (DOM-2). */
  create(input: CreateDomainInput): Promise<DomainView>
  /** Asks DNS now (DOM-4). */
  verify(nameOrId: string): Promise<DomainView>
  /**
   * New DKIM keys: their records join the checklist, the old keys sign until DNS shows the new ones (DOM-8). One rotation at a time.
   * @throws STATE_INVALID
   */
  rotateDkim(nameOrId: string, input?: RotateDkimInput): Promise<DomainView>
  get(nameOrId: string): Promise<DomainView>
  /** Replaces all its tags (DIP-4). */
  setTags(nameOrId: string, tags: Tags): Promise<DomainView>
  /** What its mail is for (DIP-4). @throws SCENARIO_MIXED unless forced */
  setScenario(nameOrId: string, input: SetDomainScenarioInput): Promise<DomainView>
  /** Newest first. */
  list(input?: ListDomainsInput): Promise<PageOf<DomainView>>
  /** @throws IN_USE (DOM-7) */
  delete(nameOrId: string): Promise<void>
}

export function domainsOf(ctx: Context, account: string): DomainsNamespace {
  return {
    create: async (input) => createDomain(ctx, account, parseInput(createDomainSchema, input)),
    verify: async (nameOrId) => verifyDomain(ctx, account, parseInput(refSchema, nameOrId)),
    rotateDkim: async (nameOrId, input = {}) =>
      rotateDkim(ctx, account, parseInput(refSchema, nameOrId), parseInput(rotateDkimSchema, input)),
    get: async (nameOrId) => domainView(ctx, await domainByNameOrId(ctx, account, parseInput(refSchema, nameOrId))),
    async list(input = {}) {
      const { cursor, limit, state, tag } = parseInput(listDomainsSchema, input)
      const filter = { kind: 'domain', account, order: 'newest', ...(state ? { states: [state] } : {}) } as const
      const page = await filteredPage(
        (part) => ctx.storage.read.records({ ...filter, ...part }),
        { limit, cursor },
        tag ? (row) => matchesTag(typed<'domain'>(row).data.tags, tag) : null,
      )
      return {
        items: await Promise.all(page.items.map((row) => domainView(ctx, typed<'domain'>(row)))),
        next: page.next,
      }
    },
    setTags: async (nameOrId, tags) =>
      setDomainTags(ctx, account, parseInput(refSchema, nameOrId), parseInput(tagsSchema, tags)),
    setScenario: async (nameOrId, input) =>
      setDomainScenario(ctx, account, parseInput(refSchema, nameOrId), parseInput(setDomainScenarioSchema, input)),
    delete: async (nameOrId) => deleteDomain(ctx, account, parseInput(refSchema, nameOrId)),
  }
}
