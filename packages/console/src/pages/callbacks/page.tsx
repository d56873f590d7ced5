import { Page } from '../../components/page.js'

export function CallbacksPage() {
  return <Page title="CallbacksPage">{null}</Page>
}
