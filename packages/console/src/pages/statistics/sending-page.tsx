import { Page } from '../../components/page.js'

export function SendingDataPage() {
  return <Page title="SendingDataPage">{null}</Page>
}
