import { parseAddress } from '../../domain/address/index.js'
import { blockKeyOf } from '../../domain/suppression/index.js'
import { isMailError, MailError } from '../../errors/mail-error.js'

/** Address keys in the order given. @throws ADDRESS_INVALID naming the place in the list, never the address (ERR-2). */
export const addressKeys = (addresses: readonly string[], field = 'addresses'): readonly string[] =>
  addresses.map((address, index) =>
    placed(`${field}.${index}`, () => parseAddress(address.trim(), { smtpUtf8: true }).key),
  )

/** Keys of addresses and whole domains. @throws ADDRESS_INVALID, DOMAIN_NAME_INVALID */
export const targetKeys = (targets: readonly string[], field = 'targets'): readonly string[] =>
  targets.map((target, index) => placed(`${field}.${index}`, () => blockKeyOf(target)))

/** Keys of whole domains. @throws DOMAIN_NAME_INVALID, also for an address. */
export const domainKeys = (domains: readonly string[], field = 'domains'): readonly string[] =>
  targetKeys(domains, field).map((key, index) => {
    if (!key.startsWith('@'))
      throw new MailError('DOMAIN_NAME_INVALID', { field: `${field}.${index}`, reason: 'address' })
    return key
  })

function placed<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (isMailError(error)) throw new MailError(error.code, { ...error.details, field })
    throw error
  }
}
