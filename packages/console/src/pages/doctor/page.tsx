import { Page } from '../../components/page.js'

export function DoctorPage() {
  return <Page title="DoctorPage">{null}</Page>
}
