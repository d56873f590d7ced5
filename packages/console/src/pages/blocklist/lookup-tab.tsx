import { Button, Stack, Text, Textarea, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useCall } from '../../api/use-call.js'
import { useFilters } from '../../app/route.js'
import { Loading } from '../../components/loading.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { givenLines, refusedLine } from './given-lines.js'
import { LookupResult } from './lookup-result.js'
import { lookupTexts } from './lookup-texts.js'
import { blocklistTexts } from './texts.js'
import { verdictOf } from './verdict.js'

/** Why addresses are, or are not, written to. One address stands in the page's own, so that it can be sent to somebody. */
export function LookupTab() {
  const t = useTexts(lookupTexts)
  const [{ address }, filter] = useFilters('address')
  const [text, type] = useState(address)
  const [several, setSeveral] = useState<readonly string[]>([])
  const asked = address === '' ? several : [address]
  const ask = (event: FormEvent) => {
    event.preventDefault()
    const lines = givenLines(text)
    const [only = ''] = lines
    setSeveral(lines)
    filter({ address: lines.length === 1 ? only : '' })
  }
  return (
    <Stack>
      <form onSubmit={ask} className="panel">
        <Stack gap="sm" align="flex-start">
          <Textarea
            label={t.addresses}
            description={t.hint}
            placeholder="ann@example.org"
            value={text}
            onChange={({ currentTarget }) => type(currentTarget.value)}
            required
            autosize
            minRows={2}
            maxRows={10}
            w="100%"
            maw="40rem"
          />
          <Button type="submit" size="sm">
            {t.ask}
          </Button>
        </Stack>
      </form>
      {asked.length > 0 && <Results asked={asked} />}
    </Stack>
  )
}

function Results({ asked }: { readonly asked: readonly string[] }) {
  const t = useTexts(lookupTexts)
  const common = useTexts(blocklistTexts)
  const format = useFormat()
  const { data, error, refetch } = useCall('blocklist.lookup', [asked])
  if (error !== null) {
    const line = refusedLine(error, { addresses: asked })
    return (
      <Stack gap="xs">
        {line !== null && (
          <Text className="break" fw={600}>
            {common.notRead(line)}
          </Text>
        )}
        <ProblemAlert error={error} retry={() => void refetch()} />
      </Stack>
    )
  }
  if (data === undefined) return <Loading />
  const verdicts = data.map(verdictOf)
  const count = (wanted: (typeof verdicts)[number]) => format.number(verdicts.filter((one) => one === wanted).length)
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t.results}
      </Title>
      {data.length > 1 && (
        <Text size="sm" role="status">
          {t.counts(count('blocked'), count('some'), count('written'))}
        </Text>
      )}
      {data.map((found) => (
        <LookupResult key={found.address} found={found} />
      ))}
    </Stack>
  )
}
