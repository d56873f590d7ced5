import { z } from 'zod'

/** Every list takes this and answers with PageOf. */
export const pageSchema = z.strictObject({
  /** `next` of the page before. */
  cursor: z.string().optional(),
  limit: z.int().min(1).max(1_000).default(50),
})
export type PageInput = Readonly<z.input<typeof pageSchema>>

export interface PageOf<T> {
  readonly items: readonly T[]
  /** null on the last page. */
  readonly next: string | null
}
