import { Alert, Anchor, SimpleGrid, Text } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../../api/caller.js'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { Page } from '../../components/page.js'
import { useTexts } from '../../language/language.js'
import { ApplicationForm } from './application-form.js'
import { applyTexts } from './apply-texts.js'
import { Calculator } from './calculator.js'
import { PartLinks } from './part-links.js'

/** The calculator gives its number to the application beside it. */
export function ApplyPage() {
  const t = useTexts(applyTexts)
  const mayApply = useMay('dedicatedIps.apply')
  const { data: service } = useCall('dedicatedIps.status', [])
  const [count, setCount] = useState(1)
  const opened = service?.state === 'open'
  return (
    <Page title={mayApply ? t.title : t.calculatorTitle} intro={mayApply ? t.intro : undefined}>
      <PartLinks />
      {service?.state === 'closed' && (
        <Alert color="yellow">
          <Text size="sm">
            {t.notOpen}{' '}
            <Anchor href={pageUrl('dedicated-ips')} c="inherit" underline="always">
              {t.toOpen}
            </Anchor>
          </Text>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
        <Calculator onUse={opened && mayApply ? setCount : undefined} />
        {opened && mayApply && <ApplicationForm service={service} count={count} onCount={setCount} />}
      </SimpleGrid>
    </Page>
  )
}
