import {
  IconActivity,
  IconAt,
  IconBan,
  IconChartBar,
  IconClick,
  IconFileDescription,
  IconHistory,
  IconHome,
  IconInbox,
  IconKey,
  IconMail,
  IconMailX,
  IconMoodSad,
  IconSearch,
  IconSend,
  IconServer,
  IconStethoscope,
  IconToggleLeft,
  IconUserMinus,
  IconUserShield,
  IconUsers,
  IconWebhook,
  IconWorld,
} from '@tabler/icons-react'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Caller } from '../api/caller.js'
import type { ShellTexts } from './shell-texts.js'

export interface PageEntry {
  readonly path: string
  readonly title: keyof ShellTexts
  readonly icon: ComponentType<{ readonly size?: number; readonly stroke?: number }>
  readonly page: LazyExoticComponent<ComponentType>
  /** Left out: everybody sees it. */
  readonly seenBy?: (caller: Caller) => boolean
}

export interface NavigationGroup {
  readonly title: keyof ShellTexts
  readonly pages: readonly PageEntry[]
}

const page = <Name extends string>(load: () => Promise<Readonly<Record<Name, ComponentType>>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }))

const may = (operation: string) => (caller: Caller) => caller.operations.includes(operation)

/** Every page, in the order of the guide. */
export const navigation: readonly NavigationGroup[] = [
  {
    title: 'start',
    pages: [
      {
        path: '',
        title: 'overview',
        icon: IconHome,
        page: page(() => import('../pages/overview/page.js'), 'OverviewPage'),
      },
    ],
  },
  {
    title: 'configuration',
    pages: [
      {
        path: 'domains',
        title: 'domains',
        icon: IconWorld,
        page: page(() => import('../pages/domains/page.js'), 'DomainsPage'),
      },
      {
        path: 'senders',
        title: 'senders',
        icon: IconAt,
        page: page(() => import('../pages/senders/page.js'), 'SendersPage'),
      },
      {
        path: 'templates',
        title: 'templates',
        icon: IconFileDescription,
        page: page(() => import('../pages/templates/page.js'), 'TemplatesPage'),
      },
      {
        path: 'callbacks',
        title: 'callbacks',
        icon: IconWebhook,
        page: page(() => import('../pages/callbacks/page.js'), 'CallbacksPage'),
      },
      {
        path: 'dedicated-ips',
        title: 'dedicatedIps',
        icon: IconServer,
        page: page(() => import('../pages/dedicated-ips/page.js'), 'DedicatedIpsPage'),
      },
    ],
  },
  {
    title: 'sending',
    pages: [
      {
        path: 'send',
        title: 'send',
        icon: IconSend,
        page: page(() => import('../pages/send/page.js'), 'SendPage'),
        seenBy: may('sendRegular'),
      },
      {
        path: 'groups',
        title: 'groups',
        icon: IconUsers,
        page: page(() => import('../pages/groups/page.js'), 'GroupsPage'),
      },
      {
        path: 'tasks',
        title: 'tasks',
        icon: IconMail,
        page: page(() => import('../pages/tasks/page.js'), 'TasksPage'),
      },
    ],
  },
  {
    title: 'statistics',
    pages: [
      {
        path: 'sending-data',
        title: 'sendingData',
        icon: IconChartBar,
        page: page(() => import('../pages/statistics/sending-page.js'), 'SendingDataPage'),
      },
      {
        path: 'tracking-data',
        title: 'trackingData',
        icon: IconClick,
        page: page(() => import('../pages/statistics/tracking-page.js'), 'TrackingDataPage'),
      },
      {
        path: 'tracking-settings',
        title: 'trackingSettings',
        icon: IconToggleLeft,
        page: page(() => import('../pages/statistics/settings-page.js'), 'TrackingSettingsPage'),
      },
    ],
  },
  {
    title: 'deliveryResponse',
    pages: [
      {
        path: 'queue',
        title: 'queue',
        icon: IconActivity,
        page: page(() => import('../pages/deliveries/queue-page.js'), 'QueuePage'),
      },
      {
        path: 'messages',
        title: 'messages',
        icon: IconSearch,
        page: page(() => import('../pages/deliveries/messages-page.js'), 'MessagesPage'),
      },
      {
        path: 'visits',
        title: 'visits',
        icon: IconClick,
        page: page(() => import('../pages/deliveries/visits-page.js'), 'VisitsPage'),
      },
      {
        path: 'complaints',
        title: 'complaints',
        icon: IconMoodSad,
        page: page(() => import('../pages/deliveries/complaints-page.js'), 'ComplaintsPage'),
      },
      {
        path: 'bounces',
        title: 'bounces',
        icon: IconMailX,
        page: page(() => import('../pages/deliveries/bounces-page.js'), 'BouncesPage'),
      },
      {
        path: 'unsubscribes',
        title: 'unsubscribes',
        icon: IconUserMinus,
        page: page(() => import('../pages/deliveries/unsubscribes-page.js'), 'UnsubscribesPage'),
      },
      {
        path: 'blocklist',
        title: 'blocklist',
        icon: IconBan,
        page: page(() => import('../pages/blocklist/page.js'), 'BlocklistPage'),
      },
    ],
  },
  {
    title: 'administration',
    pages: [
      {
        path: 'doctor',
        title: 'doctor',
        icon: IconStethoscope,
        page: page(() => import('../pages/doctor/page.js'), 'DoctorPage'),
        seenBy: ({ operator }) => operator,
      },
      {
        path: 'api-keys',
        title: 'apiKeys',
        icon: IconKey,
        page: page(() => import('../pages/api-keys/page.js'), 'ApiKeysPage'),
        seenBy: may('apiKeys.list'),
      },
      {
        path: 'audit',
        title: 'audit',
        icon: IconHistory,
        page: page(() => import('../pages/audit/page.js'), 'AuditPage'),
        seenBy: may('audit.list'),
      },
      {
        path: 'people',
        title: 'people',
        icon: IconUserShield,
        page: page(() => import('../pages/people/page.js'), 'PeoplePage'),
        seenBy: may('people.export'),
      },
      {
        path: 'inbox',
        title: 'inbox',
        icon: IconInbox,
        page: page(() => import('../pages/inbox/page.js'), 'InboxPage'),
        seenBy: ({ inbox }) => inbox,
      },
    ],
  },
]
