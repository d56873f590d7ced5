export { createDomain } from './create-domain.js'
export { deleteDomain } from './delete-domain.js'
export {
  type CreateDomainInput,
  createDomainSchema,
  type ListDomainsInput,
  listDomainsSchema,
  type RotateDkimInput,
  refSchema,
  rotateDkimSchema,
  type SetDomainScenarioInput,
  setDomainScenarioSchema,
} from './domain-input.js'
export { domainByNameOrId } from './domain-lookup.js'
export { type DomainAllowance, type DomainView, domainView } from './domain-view.js'
export { setDomainScenario, setDomainTags } from './edit-domain.js'
export { rotateDkim } from './rotate-dkim.js'
export { dkimSealContext } from './sealed-keys.js'
export { verifyDomain } from './verify-domain.js'
