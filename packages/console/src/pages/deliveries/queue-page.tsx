import { Page } from '../../components/page.js'

export function QueuePage() {
  return <Page title="QueuePage">{null}</Page>
}
