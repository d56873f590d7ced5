import type { Json, JsonObject } from '@mailwright/core'

/** A deep-frozen copy: what is stored can be handed out as it is, and no caller can change it afterwards. */
export const frozenJson = (value: Json): Json => {
  if (typeof value !== 'object' || value === null) return value
  return isList(value) ? Object.freeze(value.map(frozenJson)) : frozenObject(value)
}

export const frozenObject = (value: JsonObject): JsonObject => {
  const copy: Record<string, Json> = {}
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue
    // A plain assignment to this name would set the prototype instead of a member.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: frozenJson(member), enumerable: true })
    else copy[name] = frozenJson(member)
  }
  return Object.freeze(copy)
}

// Array.isArray does not narrow readonly arrays.
const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value)
