import { Page } from '../../components/page.js'

export function BlocklistPage() {
  return <Page title="BlocklistPage">{null}</Page>
}
