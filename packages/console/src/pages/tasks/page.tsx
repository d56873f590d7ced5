import { Page } from '../../components/page.js'

export function TasksPage() {
  return <Page title="TasksPage">{null}</Page>
}
