import type { DedicatedIpView } from '@mailwright/core'
import { Alert, Select, Switch } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { ipTexts } from './texts.js'
import { useDomainChoices } from './use-domain-choices.js'

export function AddDomain({ ip: { ip, domains } }: { readonly ip: DedicatedIpView }) {
  const t = useTexts(ipTexts)
  const all = useDomainChoices()
  const bound = new Set(domains.map(({ name }) => name))
  const choices = all.filter(({ value }) => !bound.has(value))
  return (
    <FormDialog
      operation="dedicatedIps.assign"
      initialValues={{ domain: choices[0]?.value ?? '', force: false }}
      argumentsOf={({ domain, force }) => [{ ip, domain, force }]}
      label={t.addDomain}
      title={t.addTitle(ip)}
      submitLabel={t.addDomain}
      done={t.added(ip)}
    >
      {(form) => (
        <>
          {choices.length === 0 && <Alert>{t.allBound}</Alert>}
          <Select
            label={t.domain}
            description={t.addHint}
            data={choices}
            searchable
            required
            {...form.getInputProps('domain')}
          />
          <Switch label={t.force} description={t.forceHint} {...form.getInputProps('force', { type: 'checkbox' })} />
        </>
      )}
    </FormDialog>
  )
}
