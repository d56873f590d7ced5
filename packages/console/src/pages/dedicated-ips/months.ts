/** Calendar months such as 2026-11, newest first: from that of one instant to that of another, in the time zone of the browser. */
export function monthsBetween(first: number, last: number): readonly string[] {
  const [from, to] = [indexOf(first), indexOf(last)]
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, back) => nameOf(to - back))
}

function indexOf(instant: number): number {
  const date = new Date(instant)
  return date.getFullYear() * 12 + date.getMonth()
}

const nameOf = (index: number): string => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
