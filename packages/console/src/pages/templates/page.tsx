import { Page } from '../../components/page.js'

export function TemplatesPage() {
  return <Page title="TemplatesPage">{null}</Page>
}
