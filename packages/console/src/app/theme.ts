import { type CSSVariablesResolver, createTheme } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'md',
  autoContrast: true,
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  components: {
    // Coloured words on a tint of the same colour miss the 4.5 : 1 of WCAG 1.4.3.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    Badge: { defaultProps: { radius: 'sm', tt: 'none', fw: 600 } },
    Modal: { defaultProps: { size: 'lg', centered: true } },
  },
})

/** Mantine's own dimmed and placeholder greys miss the 4.5 : 1 of WCAG 1.4.3 on tinted grounds. */
export const colorVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
})
