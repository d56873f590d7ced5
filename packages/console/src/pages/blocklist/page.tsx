import { useRoute } from '../../app/route.js'
import { Page } from '../../components/page.js'
import { PageTabs } from '../../components/page-tabs.js'
import { useTexts } from '../../language/language.js'
import { CustomTab } from './custom-tab.js'
import { InvalidTab } from './invalid-tab.js'
import { LookupTab } from './lookup-tab.js'
import { MineTab } from './mine-tab.js'
import { RejectsTab } from './rejects-tab.js'
import { SettingsTab } from './settings-tab.js'
import { blocklistTexts } from './texts.js'

const tabs = {
  invalid: InvalidTab,
  mine: MineTab,
  rejects: RejectsTab,
  custom: CustomTab,
  settings: SettingsTab,
} as const

const isTab = (name: string | undefined): name is keyof typeof tabs => name !== undefined && Object.hasOwn(tabs, name)

/** `#/blocklist` looks addresses up, `#/blocklist/custom` and the like list them. */
export function BlocklistPage() {
  const t = useTexts(blocklistTexts)
  const [page = '', name] = useRoute().path
  const tab = isTab(name) ? name : undefined
  const Tab = tab === undefined ? LookupTab : tabs[tab]
  return (
    <Page title={t.title} intro={t.intro}>
      <PageTabs
        label={t.tabs}
        current={tab === undefined ? [page] : [page, tab]}
        tabs={[
          { path: [page], label: t.lookup },
          ...(Object.keys(tabs) as (keyof typeof tabs)[]).map((key) => ({ path: [page, key], label: t[key] })),
        ]}
      />
      <Tab key={tab} />
    </Page>
  )
}
