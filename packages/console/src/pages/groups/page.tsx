import { Page } from '../../components/page.js'

export function GroupsPage() {
  return <Page title="GroupsPage">{null}</Page>
}
