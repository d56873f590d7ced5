import { Text, Textarea } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { RECIPIENTS_MAX, recipientsIn, repeatedIn } from './recipient-lines.js'
import { sendTexts } from './texts.js'

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
}

export function RecipientsField({ value, onChange }: Props) {
  const t = useTexts(sendTexts)
  const format = useFormat()
  const recipients = recipientsIn(value)
  const most = format.number(RECIPIENTS_MAX)
  const repeated = repeatedIn(recipients)
  const error =
    recipients.length > RECIPIENTS_MAX ? t.tooMany(most) : repeated === undefined ? null : t.repeated(repeated)
  return (
    <div>
      <Textarea
        label={t.to}
        description={t.toHint}
        placeholder={'ann@example.org\nBob <bob@example.net>'}
        required
        autosize
        minRows={4}
        maxRows={RECIPIENTS_MAX}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        error={error}
        spellCheck={false}
      />
      <Text size="xs" c="dimmed" mt={4} role="status">
        {t.count(format.number(recipients.length), most)}
      </Text>
    </div>
  )
}
