import { Page } from '../../components/page.js'

export function SendPage() {
  return <Page title="SendPage">{null}</Page>
}
