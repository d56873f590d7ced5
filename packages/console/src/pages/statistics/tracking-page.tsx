import { Page } from '../../components/page.js'

export function TrackingDataPage() {
  return <Page title="TrackingDataPage">{null}</Page>
}
