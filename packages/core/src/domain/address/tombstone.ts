/** Stands where the address of an erased person stood (GRP-8). `.invalid` never resolves (RFC 6761), so that nothing can be sent to it. */
const ERASED_DOMAIN = 'erased.invalid'

/** `name` is random: it says nothing of the person, and keeps their mails one person's in the counts. */
export const tombstoneOf = (name: string): string => `${name.toLowerCase()}@${ERASED_DOMAIN}`

export const isErased = (mailbox: string): boolean => mailbox.endsWith(`@${ERASED_DOMAIN}`)
