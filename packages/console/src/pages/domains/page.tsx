import { useRoute } from '../../app/route.js'
import { DomainDetail } from './domain-detail.js'
import { DomainList } from './domain-list.js'

/** `#/domains` lists them, `#/domains/NAME` shows one. */
export function DomainsPage() {
  const [, name] = useRoute().path
  return name === undefined ? <DomainList /> : <DomainDetail key={name} name={name} />
}
