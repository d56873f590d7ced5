import { Page } from '../../components/page.js'

export function BouncesPage() {
  return <Page title="BouncesPage">{null}</Page>
}
