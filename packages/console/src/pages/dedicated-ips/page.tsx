import { Page } from '../../components/page.js'

export function DedicatedIpsPage() {
  return <Page title="DedicatedIpsPage">{null}</Page>
}
