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
  refSchema,
  verifyDomain,
} from '../../use-cases/domains/index.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { typed } from '../../use-cases/stored.js'

export interface DomainsNamespace {
  /** Claims a name and answers its checklist (DOM-2). */
  create(input: CreateDomainInput): Promise<DomainView>
  /** Asks DNS now (DOM-4). */
  verify(nameOrId: string): Promise<DomainView>
  get(nameOrId: string): Promise<DomainView>
  /** Newest first. */
  list(input?: ListDomainsInput): Promise<PageOf<DomainView>>
  /** @throws IN_USE (DOM-7) */
  delete(nameOrId: string): Promise<void>
}

export function domainsOf(ctx: Context, account: string): DomainsNamespace {
  return {
    create: async (input) => createDomain(ctx, account, parseInput(createDomainSchema, input)),
    verify: async (nameOrId) => verifyDomain(ctx, account, parseInput(refSchema, nameOrId)),
    get: async (nameOrId) => domainView(ctx, await domainByNameOrId(ctx, account, parseInput(refSchema, nameOrId))),
    async list(input = {}) {
      const { cursor, limit, state } = parseInput(listDomainsSchema, input)
      const page = await ctx.storage.read.records({
        kind: 'domain',
        account,
        order: 'newest',
        limit,
        ...(cursor ? { cursor } : {}),
        ...(state ? { states: [state] } : {}),
      })
      return {
        items: await Promise.all(page.items.map((row) => domainView(ctx, typed<'domain'>(row)))),
        next: page.next,
      }
    },
    delete: async (nameOrId) => deleteDomain(ctx, account, parseInput(refSchema, nameOrId)),
  }
}
