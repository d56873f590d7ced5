import type { CallbackView, CallbackWithSecret } from '@mailwright/core'
import { Anchor, Group } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { RotateSecret } from './rotate-secret.js'
import { SetAccount, SetSender } from './set-endpoint.js'
import { callbackTexts } from './texts.js'

interface Props {
  readonly callback: CallbackView
  readonly onSaved: (saved: CallbackWithSecret) => void
}

export function EndpointActions({ callback, onSaved }: Props) {
  const t = useTexts(callbackTexts)
  const { id, level, url } = callback
  return (
    <Group gap="xs">
      {callback.state === 'active' ? (
        <ActionButton operation="callbacks.enable" args={[{ id }]} done={t.pinged}>
          {t.ping}
        </ActionButton>
      ) : (
        <TakeUp id={id} />
      )}
      {level === 'account' ? (
        <SetAccount callback={callback} onSaved={onSaved} />
      ) : (
        <SetSender callback={callback} onSaved={onSaved} />
      )}
      <RotateSecret callback={callback} onSaved={onSaved} />
      <ActionButton
        operation="callbacks.delete"
        args={[id]}
        color="red"
        confirm={{ title: t.deleteTitle(url), text: t.deleteText }}
        done={t.deleted}
      >
        {t.delete}
      </ActionButton>
      <Anchor size="sm" href={`${pageUrl('callbacks', 'attempts')}?${new URLSearchParams({ callback: id })}`}>
        {t.showAttempts}
      </Anchor>
    </Group>
  )
}

/** Takes up an endpoint that said it was gone: by a ping, or unasked. */
function TakeUp({ id }: Pick<CallbackView, 'id'>) {
  const t = useTexts(callbackTexts)
  return (
    <>
      <ActionButton operation="callbacks.enable" args={[{ id }]} variant="filled" done={t.enabled}>
        {t.enable}
      </ActionButton>
      <ActionButton
        operation="callbacks.enable"
        args={[{ id, force: true }]}
        confirm={{ title: t.enableForce, text: t.enableForceText }}
        done={t.enabled}
      >
        {t.enableForce}
      </ActionButton>
    </>
  )
}
