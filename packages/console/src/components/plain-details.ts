/** Told otherwise: the fields that do not fit, and the tasks that stand in the way. */
const ELSEWHERE = new Set(['problems', 'field', 'expected', 'tasks'])

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

/** The details of a refusal that can be read as they stand: words, numbers, and lists of them. `until` is an instant. */
export function plainDetails(
  details: Readonly<Record<string, unknown>>,
  time: (instant: number) => string,
): readonly (readonly [string, string])[] {
  return Object.entries(details).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    if (ELSEWHERE.has(name)) return []
    if (name === 'until' && typeof value === 'number') return [[name, time(value)]]
    if (isPlain(value)) return [[name, String(value)]]
    if (Array.isArray(value) && value.length > 0 && value.every(isPlain)) return [[name, value.join(', ')]]
    return []
  })
}
