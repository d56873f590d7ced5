import type { Erasure, PersonExport } from '@mailwright/core'
import { Alert, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Page } from '../../components/page.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { AddressForm } from './address-form.js'
import { ErasePerson } from './erase-person.js'
import { PersonData } from './person-data.js'
import { peopleTexts } from './texts.js'

/** The address stands nowhere but in this page's memory: not in its address, which browsers keep. */
export function PeoplePage() {
  const t = useTexts(peopleTexts)
  const { number } = useFormat()
  const [person, setPerson] = useState<PersonExport | null>(null)
  const [erasure, setErasure] = useState<Erasure | null>(null)
  const show = (found: PersonExport) => {
    setErasure(null)
    setPerson(found)
  }
  const forget = (erased: Erasure) => {
    setPerson(null)
    setErasure(erased)
  }
  return (
    <Page title={t.title} intro={t.intro}>
      <AddressForm onFound={show} />
      {erasure && (
        <Alert color="green" title={t.erasedTitle} role="status">
          {t.erasedCounts(number(erasure.groups), number(erasure.messages))}
        </Alert>
      )}
      {person && (
        <>
          <Title order={2} size="h3" className="break">
            {t.kept(person.address)}
          </Title>
          {isEmpty(person) && <Text>{t.nothing}</Text>}
          <PersonData person={person} />
          <ErasePerson key={person.address} address={person.address} onErased={forget} />
        </>
      )}
    </Page>
  )
}

const isEmpty = ({ groups, messages, blocklist, lifts }: PersonExport): boolean =>
  [groups, messages, blocklist, lifts].every(({ length }) => length === 0)
