import type { Locator, Page } from 'playwright-core'
import { vi } from 'vitest'

/**
 * Chooses in a select, by its label and what the option says. A list that opened while its dialog was still opening closes again when the dialog takes the
 * focus; which of the two comes first depends on how busy the machine is. Then somebody clicks once more.
 */
export async function choose(
  within: Page | Locator,
  field: string | RegExp,
  ...options: readonly (string | RegExp)[]
): Promise<void> {
  const select = within.getByRole('combobox', { name: field })
  for (const name of options) {
    const option = select.page().getByRole('option', { name })
    await vi.waitFor(
      async () => {
        if (!(await option.isVisible())) await select.click({ timeout: 3_000 })
        await option.click({ timeout: 3_000 })
      },
      { timeout: 30_000 },
    )
  }
}
