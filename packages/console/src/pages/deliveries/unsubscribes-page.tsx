import { Page } from '../../components/page.js'

export function UnsubscribesPage() {
  return <Page title="UnsubscribesPage">{null}</Page>
}
