import type { JsonObject } from '@mailwright/core'

/** What a stored text says, or that it is no JSON object any more: one row that cannot be read must not cost its neighbours theirs. */
export const storedObject = (text: string): { readonly value: JsonObject; readonly damage?: string } => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as JsonObject }
    return { value: {}, damage: 'no JSON object' }
  } catch {
    return { value: {}, damage: 'no JSON' }
  }
}

/** Likewise of a list; what cannot be read is empty. */
export const storedList = <T>(text: string): readonly T[] => {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
