/** One field of a header or report block; the name in lower case, the value unfolded. */
export type Field = readonly [name: string, value: string]

const MOST_FIELDS = 500
const NAME_MAX = 76

/** Where a field's name ends, or -1: RFC 5322 §3.6.8, without a regular expression over hostile text. */
function colonOf(line: string): number {
  const colon = line.indexOf(':')
  return colon > 0 && colon <= NAME_MAX && /^[!-9;-~]+[ \t]*$/.test(line.slice(0, colon)) ? colon : -1
}

/** The fields of each block; a blank line ends a block (RFC 3464 §2.1). Lines that are no field are passed over. Linear in the text. */
export function fieldBlocks(text: string): readonly (readonly Field[])[] {
  const blocks: [string, string][][] = []
  let block: [string, string][] = []
  let count = 0
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === '') {
      if (block.length > 0) blocks.push(block)
      block = []
      continue
    }
    const last = block.at(-1)
    const folded = line.startsWith(' ') || line.startsWith('\t')
    const colon = folded ? -1 : colonOf(line)
    if (folded && last) last[1] = `${last[1]} ${line.trim()}`.slice(0, 4_000)
    else if (colon > 0 && count < MOST_FIELDS) {
      count += 1
      block.push([
        line.slice(0, colon).trim().toLowerCase(),
        line
          .slice(colon + 1)
          .trim()
          .slice(0, 4_000),
      ])
    }
  }
  if (block.length > 0) blocks.push(block)
  return blocks
}

/** The first value of a name; null if there is none. */
export const fieldOf = (fields: readonly Field[], name: string): string | null =>
  fields.find(([one]) => one === name)?.[1] ?? null

export const fieldsOf = (fields: readonly Field[], name: string): readonly string[] =>
  fields.flatMap(([one, value]) => (one === name ? [value] : []))
