/** The demo's list: made up, deterministic, and with the accidents of a real one at known places. */
export const ROWS = 10_000
const DOMAINS = 40

export type Accident = 'none' | 'unknown-user' | 'mailbox-full' | 'try-later' | 'drop'

/** 1 % do not exist, 1 % are full, 1 % ask to try later once, ten lose their connection once. */
export function accidentOf(index: number): Accident {
  if (index % 1_000 === 500) return 'drop'
  if (index % 100 === 17) return 'unknown-user'
  if (index % 100 === 43) return 'mailbox-full'
  if (index % 100 === 71) return 'try-later'
  return 'none'
}

export const addressOf = (index: number): string =>
  `reader${index}@list-${String(index % DOMAINS).padStart(2, '0')}.example`

/** -1 for an address that is not of the list. */
export function indexOf(address: string): number {
  const match = /^reader(\d+)@/.exec(address)
  return match ? Number(match[1]) : -1
}

/** A few of them are on the blocklist before the task starts. */
export const BLOCKED = [11, 222, 3_333, 4_444, 5_555].map(addressOf)

const CITIES = ['Porto', 'Kraków', '東京', 'São Paulo', 'Reykjavík']

export function csv(): string {
  const lines = ['email,name,city,code']
  for (let index = 0; index < ROWS; index += 1) {
    lines.push(`${addressOf(index)},"Reader ${index}",${CITIES[index % CITIES.length]},C-${(index * 7_919) % 100_000}`)
  }
  return `${lines.join('\r\n')}\r\n`
}
