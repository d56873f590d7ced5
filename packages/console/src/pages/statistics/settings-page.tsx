import { Page } from '../../components/page.js'

export function TrackingSettingsPage() {
  return <Page title="TrackingSettingsPage">{null}</Page>
}
