import { type ImportReport, sampleCsv } from '../../domain/recipient-group/index.js'
import { parseTemplate, variablesOf } from '../../domain/template/index.js'
import type { Context } from '../../use-cases/context.js'
import { refSchema } from '../../use-cases/domains/index.js'
import {
  type CreateGroupInput,
  type CsvInput,
  createGroup,
  createGroupSchema,
  deleteGroup,
  type GroupView,
  groupByNameOrId,
  groupView,
  type ImportOptions,
  importCsv,
  importOptionsSchema,
  type ListGroupsInput,
  listGroupsSchema,
  type RecipientView,
  recipientPage,
  type SampleCsvInput,
  sampleCsvSchema,
} from '../../use-cases/import-group/index.js'
import { type PageInput, type PageOf, pageSchema } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { get, typed } from '../../use-cases/stored.js'
import { templateByNameOrId } from '../../use-cases/template-lookup.js'

export interface GroupsNamespace {
  create(input: CreateGroupInput): Promise<GroupView>
  /** All or nothing for the file's structure; rows are counted and judged one by one (GRP-4). */
  importCsv(nameOrId: string, source: CsvInput, options?: ImportOptions): Promise<ImportReport>
  /** A file to start from, with a template's variables or with `name` (GRP-7). */
  sampleCsv(input?: SampleCsvInput): Promise<string>
  get(nameOrId: string): Promise<GroupView>
  /** Newest first. */
  list(input?: ListGroupsInput): Promise<PageOf<GroupView>>
  recipients(nameOrId: string, input?: PageInput): Promise<PageOf<RecipientView>>
  /** @throws IN_USE (SND-4) */
  delete(nameOrId: string): Promise<void>
}

export function groupsOf(ctx: Context, account: string): GroupsNamespace {
  const named = async (nameOrId: string) => groupByNameOrId(ctx, account, parseInput(refSchema, nameOrId))
  return {
    create: async (input) => createGroup(ctx, account, parseInput(createGroupSchema, input)),
    async importCsv(nameOrId, source, options = {}) {
      const parsed = parseInput(importOptionsSchema, options)
      return importCsv(ctx, account, (await named(nameOrId)).id, source, parsed)
    },
    async sampleCsv(input = {}) {
      const { template } = parseInput(sampleCsvSchema, input)
      if (template === undefined) return sampleCsv()
      const { data } = await templateByNameOrId(ctx, account, template)
      const version = await get(ctx, 'template-version', account, data.approved ?? data.latest)
      const { subject } = version.data
      return sampleCsv(variablesOf([...(subject === null ? [] : [parseTemplate(subject, 'subject')]), version.data]))
    },
    get: async (nameOrId) => groupView(await named(nameOrId)),
    async list(input = {}) {
      const { cursor, limit, state } = parseInput(listGroupsSchema, input)
      const page = await ctx.storage.read.records({
        kind: 'group',
        account,
        order: 'newest',
        limit,
        ...(cursor ? { cursor } : {}),
        ...(state ? { states: [state] } : {}),
      })
      return { items: page.items.map((row) => groupView(typed<'group'>(row))), next: page.next }
    },
    recipients: async (nameOrId, input = {}) =>
      recipientPage(ctx, await named(nameOrId), parseInput(pageSchema, input)),
    delete: async (nameOrId) => deleteGroup(ctx, account, parseInput(refSchema, nameOrId)),
  }
}
