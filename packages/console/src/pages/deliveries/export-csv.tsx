import type { DeliveriesCsvInput } from '@mailwright/core'
import { Group, Text } from '@mantine/core'
import { CopyValue } from '../../components/copy-value.js'
import { DownloadLink } from '../../components/download-link.js'
import { useTexts } from '../../language/language.js'
import { deliveryTexts } from './texts.js'

const EXCEL = '=TEXT(C2/86400000+DATE(1970,1,1),"YYYY-MM-DD HH:mm:ss")'

interface Props {
  readonly list: DeliveriesCsvInput['list']
  /** The filters of the page, so that the file holds what it shows. */
  readonly input: object
}

export const ExportCsv = ({ list, input }: Props) => (
  <DownloadLink operation="deliveries.exportCsv" input={{ ...input, list }} />
)

/** How the times of the file are read by people. */
export function ExcelHint() {
  const t = useTexts(deliveryTexts)
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        {t.excel}
      </Text>
      <CopyValue value={EXCEL} label={t.formula} />
    </Group>
  )
}
