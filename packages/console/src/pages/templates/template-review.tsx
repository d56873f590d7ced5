import type { TemplateView } from '@mailwright/core'
import { Stack, Text } from '@mantine/core'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { templateTexts } from './texts.js'

export const REVIEWS = ['approved', 'pending', 'rejected'] as const satisfies readonly TemplateView['review']['state'][]

const tones: Readonly<Record<TemplateView['review']['state'], Tone>> = {
  approved: 'good',
  pending: 'waiting',
  rejected: 'bad',
}

/** What the review says of the newest version (TPL-7), and whether an earlier one sends. */
export function TemplateReview({ template: { review, approved } }: { readonly template: TemplateView }) {
  const t = useTexts(templateTexts)
  return (
    <Stack gap={2} align="flex-start">
      <StateBadge tone={tones[review.state]}>{t[review.state]}</StateBadge>
      {review.reason !== null && (
        <Text size="xs" className="break">
          {t.reason(review.reason)}
        </Text>
      )}
      {review.state !== 'approved' && approved !== null && (
        <Text size="xs" c="dimmed">
          {t.stillSends}
        </Text>
      )}
    </Stack>
  )
}
