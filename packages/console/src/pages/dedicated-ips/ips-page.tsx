import { Button } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { CloseService } from './close-service.js'
import { IpList } from './ip-list.js'
import { OpenService } from './open-service.js'
import { PartLinks } from './part-links.js'
import { ServiceFacts } from './service-facts.js'
import { ipTexts } from './texts.js'

export function IpsPage() {
  const t = useTexts(ipTexts)
  const mayApply = useMay('dedicatedIps.apply')
  const { data: service, error, refetch } = useCall('dedicatedIps.status', [])
  const isOpen = service?.state === 'open'
  const outdated = isOpen && service.agreements.at(-1)?.terms !== service.terms
  const actions = isOpen && (
    <>
      {mayApply && (
        <Button component="a" href={pageUrl('dedicated-ips', 'apply')}>
          {t.apply}
        </Button>
      )}
      <CloseService />
    </>
  )
  return (
    <Page title={t.title} intro={t.intro} actions={actions}>
      <PartLinks />
      {error !== null && <ProblemAlert error={error} retry={() => void refetch()} />}
      {service === undefined && error === null && <Loading />}
      {service && (!isOpen || outdated) && <OpenService service={service} />}
      {service && isOpen && (
        <>
          <ServiceFacts service={service} />
          <IpList />
        </>
      )}
    </Page>
  )
}
