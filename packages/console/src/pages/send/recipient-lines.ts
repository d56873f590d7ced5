/** The guide's number (REG-1). */
export const RECIPIENTS_MAX = 20

/** One address a line; a pasted list with commas or semicolons is taken apart, too, where no quoted name could hold them. */
export const recipientsIn = (lines: string): readonly string[] =>
  lines
    .split('\n')
    .flatMap((line) => (line.includes('"') ? [line] : line.split(/[,;]/)))
    .map((recipient) => recipient.trim())
    .filter((recipient) => recipient !== '')

const addressOf = (recipient: string): string => (/<([^<>]*)>$/.exec(recipient)?.[1] ?? recipient).toLowerCase()

/** The first that is there a second time. */
export const repeatedIn = (recipients: readonly string[]): string | undefined => {
  const addresses = recipients.map(addressOf)
  return recipients.find((_, index) => addresses.indexOf(addresses[index] ?? '') < index)
}

/** Which recipient a refused field such as `to.2` is about. */
export const recipientOfField = (field: unknown): number | null => {
  const index = typeof field === 'string' ? /^to\.(\d+)$/.exec(field)?.[1] : undefined
  return index === undefined ? null : Number(index)
}
