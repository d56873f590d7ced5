import { Page } from '../../components/page.js'

export function ApiKeysPage() {
  return <Page title="ApiKeysPage">{null}</Page>
}
