import { Page } from '../../components/page.js'

export function ComplaintsPage() {
  return <Page title="ComplaintsPage">{null}</Page>
}
