import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  NativeSelect,
  NavLink,
  ScrollArea,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconApi, IconMoon, IconSun } from '@tabler/icons-react'
import { Suspense, useEffect } from 'react'
import { useCaller } from '../api/caller.js'
import { Loading } from '../components/loading.js'
import { useLanguage, useTexts } from '../language/language.js'
import { LANGUAGES, type Language } from '../language/texts.js'
import { ErrorBoundary } from './error-boundary.js'
import { navigation } from './navigation.js'
import { pageUrl, useRoute } from './route.js'
import { shellTexts } from './shell-texts.js'

/** What stands around every page. */
export function Shell() {
  const t = useTexts(shellTexts)
  const caller = useCaller()
  const [opened, { toggle, close }] = useDisclosure()
  const { path } = useRoute()
  const [here = ''] = path
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the page changes
  useEffect(close, [here])
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 250, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="lg"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <button
              type="button"
              className="skip-link"
              onClick={() => document.querySelector<HTMLElement>('h1')?.focus()}
            >
              {t.skip}
            </button>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t.menu} />
            <Text component="a" href={pageUrl()} fw={700} fz="lg" c="inherit" td="none">
              Mailwright
            </Text>
            <Text size="sm" c="dimmed" visibleFrom="xs" truncate>
              {t.account(caller.account, caller.role)}
            </Text>
          </Group>
          <Preferences />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t.navigation}>
        <ScrollArea type="auto" p="xs">
          {navigation.map(({ title, pages }) => {
            const seen = pages.filter(({ seenBy }) => seenBy?.(caller) ?? true)
            return seen.length === 0 ? null : (
              <div key={title}>
                <Text size="xs" fw={700} c="dimmed" px="sm" pt="md" pb={4}>
                  {t[title] as string}
                </Text>
                {seen.map(({ path: to, title: name, icon: Icon }) => (
                  <NavLink
                    key={to}
                    href={pageUrl(to)}
                    label={t[name] as string}
                    active={here === to}
                    aria-current={here === to ? 'page' : undefined}
                    leftSection={<Icon size={18} stroke={1.6} />}
                    style={{ borderRadius: 'var(--mantine-radius-md)' }}
                    py={6}
                  />
                ))}
              </div>
            )
          })}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main>
        <div className="page" id="content">
          <ErrorBoundary key={here} message={t.broken}>
            <Suspense fallback={<Loading />}>
              <CurrentPage />
            </Suspense>
          </ErrorBoundary>
        </div>
      </AppShell.Main>
    </AppShell>
  )
}

function CurrentPage() {
  const t = useTexts(shellTexts)
  const caller = useCaller()
  const [here = ''] = useRoute().path
  const entry = navigation.flatMap(({ pages }) => pages).find(({ path }) => path === here)
  if (entry === undefined) return <h1>{t.notFound}</h1>
  if (entry.seenBy?.(caller) === false) return <h1>{t.notForYou}</h1>
  return <entry.page />
}

function Preferences() {
  const t = useTexts(shellTexts)
  const { language, choose } = useLanguage()
  const { setColorScheme } = useMantineColorScheme()
  const next = useComputedColorScheme() === 'dark' ? 'light' : 'dark'
  return (
    <Group gap="xs" wrap="nowrap">
      <ActionIcon component="a" href="../explorer" variant="subtle" aria-label={t.api} title={t.api}>
        <IconApi size={20} stroke={1.6} />
      </ActionIcon>
      <ActionIcon variant="subtle" aria-label={t[next]} title={t[next]} onClick={() => setColorScheme(next)}>
        {next === 'dark' ? <IconMoon size={18} stroke={1.6} /> : <IconSun size={18} stroke={1.6} />}
      </ActionIcon>
      <NativeSelect
        aria-label={t.language}
        size="xs"
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        value={language}
        onChange={({ currentTarget }) => choose(currentTarget.value as Language)}
      />
    </Group>
  )
}
