import { Anchor, Group, List, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { pageUrl } from '../../app/route.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { mailHref, type OpenedMail, openKept } from './inbox-api.js'
import { inboxTexts } from './texts.js'

export function OpenMail({ id }: { readonly id: string }) {
  const t = useTexts(inboxTexts)
  const { data: mail, error } = useQuery({ queryKey: ['inbox', id], queryFn: ({ signal }) => openKept(id, signal) })
  const links = (
    <Group gap="md">
      <Anchor href={pageUrl('inbox')}>{t.back}</Anchor>
      <Anchor href={pageUrl('messages', id)}>{t.timeline}</Anchor>
      <Anchor href={mailHref(id, 'source')} target="_blank">
        {t.source}
      </Anchor>
    </Group>
  )
  return (
    <Page title={mail?.subject || t.title}>
      {links}
      {error !== null && <ProblemAlert error={error} />}
      {mail === undefined && error === null && <Loading />}
      {mail && <Content mail={mail} />}
    </Page>
  )
}

function Content({ mail }: { readonly mail: OpenedMail }) {
  const t = useTexts(inboxTexts)
  const { number } = useFormat()
  return (
    <>
      <Text size="sm" className="break">
        <When at={mail.at} /> · {mail.from} → {mail.to.join(', ')}
      </Text>
      {mail.html && <HtmlPreview id={mail.id} />}
      {mail.text !== null && (
        <Stack className="panel" gap="sm">
          <Title order={2} size="h4">
            {t.text}
          </Title>
          <Text className="break" style={{ whiteSpace: 'pre-wrap' }}>
            {mail.text}
          </Text>
        </Stack>
      )}
      {mail.attachments.length > 0 && (
        <Stack className="panel" gap="sm">
          <Title order={2} size="h4">
            {t.attachments}
          </Title>
          <List size="sm">
            {mail.attachments.map(({ name, type, bytes }) => (
              <List.Item key={`${name} ${type} ${bytes}`} className="break">
                {name} ({type}, {t.bytes(number(bytes))})
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
      {!mail.html && mail.text === null && <Text>{t.unreadable}</Text>}
    </>
  )
}

/** Stranger's HTML: the frame has no right at all, and the answer's own policy keeps it from running, sending or loading anything (T18). */
function HtmlPreview({ id }: Pick<OpenedMail, 'id'>) {
  const t = useTexts(inboxTexts)
  const href = mailHref(id, 'html')
  return (
    <Stack className="panel" gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.html}
        </Title>
        <Anchor href={href} target="_blank" size="sm">
          {t.ownPage}
        </Anchor>
      </Group>
      <iframe
        sandbox=""
        title={t.preview}
        src={href}
        style={{ width: '100%', height: '32rem', border: 0, background: '#fff' }}
      />
    </Stack>
  )
}
