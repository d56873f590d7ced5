import { MantineProvider, MantineThemeProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { CallerProvider, useReadCaller } from '../api/caller.js'
import { Problem } from '../api/problem.js'
import { Loading } from '../components/loading.js'
import { ProblemAlert } from '../components/problem-alert.js'
import { componentTexts } from '../components/texts.js'
import { LanguageProvider, useTexts } from '../language/language.js'
import { Shell } from './shell.js'
import { colorVariables, theme } from './theme.js'

/** A refusal stays one; only what was not answered, or by something broken, is asked again. */
const mayRetry = (failures: number, error: unknown): boolean =>
  failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500)

const client = new QueryClient({
  defaultOptions: { queries: { retry: mayRetry, staleTime: 5_000, refetchOnWindowFocus: true } },
})

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={colorVariables}>
      <QueryClientProvider client={client}>
        <LanguageProvider>
          <Notices />
          <SignedIn />
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** Their closing button needs a name in the language that is chosen. */
function Notices() {
  const { close } = useTexts(componentTexts)
  const theme = { components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } } }
  return (
    <MantineThemeProvider theme={theme} inherit>
      <Notifications position="bottom-right" />
    </MantineThemeProvider>
  )
}

function SignedIn() {
  const { data, error } = useReadCaller()
  if (data !== undefined)
    return (
      <CallerProvider caller={data}>
        <Shell />
      </CallerProvider>
    )
  return error === null ? <Loading /> : <ProblemAlert error={error} />
}
