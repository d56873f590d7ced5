import { z } from 'zod'
import { checkTags, type Tags } from '../domain/tags/index.js'
import type { Context } from './context.js'

export const tagsSchema = z.record(z.string(), z.string())

/** Every list of tagged things takes this: those that have the key, or the key with this value (DIP-4). */
export const tagFilterSchema = z.strictObject({ key: z.string(), value: z.string().optional() })

/** @throws INPUT_INVALID naming the limit that is broken. */
export const tagsOf = ({ policy }: Pick<Context, 'policy'>, given: Tags | undefined): Tags =>
  checkTags(given ?? {}, policy.tagLimits)
