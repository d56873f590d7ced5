export { createDomain, dkimSealContext } from './create-domain.js'
export { deleteDomain } from './delete-domain.js'
export {
  type CreateDomainInput,
  createDomainSchema,
  type ListDomainsInput,
  listDomainsSchema,
  refSchema,
} from './domain-input.js'
export { domainByNameOrId } from './domain-lookup.js'
export { type DomainAllowance, type DomainView, domainView } from './domain-view.js'
export { verifyDomain } from './verify-domain.js'
