import { Anchor } from '@mantine/core'
import { pageUrl } from '../../app/route.js'

/** Leads to everything that is known of an address. */
export function AddressLink({ address }: { readonly address: string }) {
  return (
    <Anchor href={`${pageUrl('blocklist')}?${new URLSearchParams({ address })}`} size="sm" className="break">
      {address}
    </Anchor>
  )
}
