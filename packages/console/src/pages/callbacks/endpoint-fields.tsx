import type { CallbackView } from '@mailwright/core'
import { Checkbox, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTexts } from '../../language/language.js'
import { callbackTexts } from './texts.js'

export interface EndpointValues {
  readonly sender: string
  readonly url: string
  readonly compat: CallbackView['compat']
  readonly secret: string
  readonly force: boolean
}

export const valuesOf = (callback: CallbackView | undefined): EndpointValues => ({
  sender: callback?.sender ?? '',
  url: callback?.url ?? '',
  compat: callback?.compat ?? 'none',
  secret: '',
  force: false,
})

/** What both levels take; an empty secret leaves it to the service. */
export const endpointOf = ({ url, compat, secret, force }: EndpointValues) => ({
  url: url.trim(),
  compat,
  force,
  ...(secret.trim() === '' ? {} : { secret: secret.trim() }),
})

export function EndpointFields({ form }: { readonly form: UseFormReturnType<EndpointValues> }) {
  const t = useTexts(callbackTexts)
  return (
    <>
      <TextInput
        label={t.url}
        description={t.urlHint}
        placeholder="https://hooks.shop.example:8080/mail"
        required
        data-autofocus
        {...form.getInputProps('url')}
      />
      <Select
        label={t.compat}
        data={[
          { value: 'none', label: t.compatNone },
          { value: 'tencent', label: t.compatTencent },
        ]}
        allowDeselect={false}
        {...form.getInputProps('compat')}
      />
      <TextInput
        label={t.ownSecret}
        description={t.ownSecretHint}
        autoComplete="off"
        {...form.getInputProps('secret')}
      />
      <Checkbox label={t.force} description={t.forceHint} {...form.getInputProps('force', { type: 'checkbox' })} />
    </>
  )
}
