import { Alert, Anchor } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { useTexts } from '../../language/language.js'
import { statisticsTexts } from './texts.js'
import { useTrackingSettings } from './use-tracking-settings.js'
import { whatIsOff } from './what-is-off.js'

/** That nothing can be seen here, or only half of it, because it is not counted. */
export function TrackingOff({ domain }: { readonly domain: string }) {
  const t = useTexts(statisticsTexts)
  const { account, domains } = useTrackingSettings()
  const off = account && whatIsOff(account, domains, domain)
  const said = off?.opens ? (off.clicks ? t.bothOff : t.opensOff) : off?.clicks ? t.clicksOff : undefined
  return (
    <Alert color={said === undefined ? 'gray' : 'yellow'}>
      {said ?? t.someOff}{' '}
      <Anchor href={pageUrl('tracking-settings')} size="sm" underline="always" c="inherit">
        {t.toSettings}
      </Anchor>
    </Alert>
  )
}
