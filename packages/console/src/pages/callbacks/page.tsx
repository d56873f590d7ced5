import { useRoute } from '../../app/route.js'
import { Page } from '../../components/page.js'
import { PageTabs } from '../../components/page-tabs.js'
import { useTexts } from '../../language/language.js'
import { AttemptsTab } from './attempts-tab.js'
import { EndpointsTab } from './endpoints-tab.js'
import { callbackTexts } from './texts.js'

/** `#/callbacks` shows the endpoints, `#/callbacks/attempts` what was posted to them. */
export function CallbacksPage() {
  const t = useTexts(callbackTexts)
  const [page = '', name] = useRoute().path
  const attempts = name === 'attempts'
  return (
    <Page title={t.title} intro={t.intro}>
      <PageTabs
        label={t.tabs}
        current={attempts ? [page, name] : [page]}
        tabs={[
          { path: [page], label: t.endpoints },
          { path: [page, 'attempts'], label: t.attempts },
        ]}
      />
      {attempts ? <AttemptsTab /> : <EndpointsTab />}
    </Page>
  )
}
