import { useRoute } from '../../app/route.js'
import { ApplyPage } from './apply-page.js'
import { BillPage } from './bill-page.js'
import { IpsPage } from './ips-page.js'
import { LedgerPage } from './ledger-page.js'

/** `#/dedicated-ips` has the service and its IPs; `…/apply`, `…/bill` and `…/ledger` stand beside it. */
export function DedicatedIpsPage() {
  const [, part] = useRoute().path
  if (part === 'apply') return <ApplyPage />
  if (part === 'bill') return <BillPage />
  if (part === 'ledger') return <LedgerPage />
  return <IpsPage />
}
