import type { Preview } from '../../domain/template/index.js'
import type { Context } from '../../use-cases/context.js'
import { refSchema } from '../../use-cases/domains/index.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { typed } from '../../use-cases/stored.js'
import { templateByNameOrId } from '../../use-cases/template-lookup.js'
import {
  type CreateTemplateInput,
  createTemplate,
  createTemplateSchema,
  type DecideTemplateInput,
  decideTemplate,
  decideTemplateSchema,
  deleteTemplate,
  type ListTemplatesInput,
  listTemplatesSchema,
  newestVersion,
  type PreviewTemplateInput,
  previewOf,
  previewSchema,
  type TemplateDetail,
  type TemplateView,
  templateDetail,
  templateView,
  type UpdateTemplateInput,
  updateTemplate,
  updateTemplateSchema,
} from '../../use-cases/templates/index.js'

export interface TemplatesNamespace {
  create(input: CreateTemplateInput): Promise<TemplateView>
  /** A new version, reviewed again; what is under way keeps the one it began with (TPL-7). */
  update(nameOrId: string, input: UpdateTemplateInput): Promise<TemplateView>
  /** With the bodies of the newest version. */
  get(nameOrId: string): Promise<TemplateDetail>
  /** Newest first, without the bodies. */
  list(input?: ListTemplatesInput): Promise<PageOf<TemplateView>>
  /** @throws IN_USE (SND-4) */
  delete(nameOrId: string): Promise<void>
  /**
   * For the operator, from code only: says what the reviewer left open, or overrules it (TPL-7). Taking an approval back puts the newest version
   * approved before in its place; runs and mails under way keep what they began with.
   */
  decide(input: DecideTemplateInput): Promise<TemplateView>
  /** What a recipient would see (TPL-5). */
  preview(input: PreviewTemplateInput): Promise<Preview>
}

export function templatesOf(ctx: Context, account: string): TemplatesNamespace {
  const ref = (nameOrId: string): string => parseInput(refSchema, nameOrId)
  return {
    create: async (input) => createTemplate(ctx, account, parseInput(createTemplateSchema, input)),
    update: async (nameOrId, input) =>
      updateTemplate(ctx, account, ref(nameOrId), parseInput(updateTemplateSchema, input)),
    async get(nameOrId) {
      const template = await templateByNameOrId(ctx, account, ref(nameOrId))
      return templateDetail(template, await newestVersion(ctx, template))
    },
    async list(input = {}) {
      const { cursor, limit, review } = parseInput(listTemplatesSchema, input)
      const page = await ctx.storage.read.records({
        kind: 'template',
        account,
        order: 'newest',
        limit,
        ...(cursor ? { cursor } : {}),
        ...(review ? { states: [review] } : {}),
      })
      const templates = page.items.map((row) => typed<'template'>(row))
      const views = templates.map(async (template) => templateView(template, await newestVersion(ctx, template)))
      return { items: await Promise.all(views), next: page.next }
    },
    delete: async (nameOrId) => deleteTemplate(ctx, account, ref(nameOrId)),
    decide: async (input) => decideTemplate(ctx, account, parseInput(decideTemplateSchema, input)),
    preview: async (input) => previewOf(ctx, account, parseInput(previewSchema, input)),
  }
}
