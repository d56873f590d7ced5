import { Page } from '../../components/page.js'

export function VisitsPage() {
  return <Page title="VisitsPage">{null}</Page>
}
