import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import * as z from 'zod'
import { automationSorts, automationStates } from '../contract/automation.ts'
import { codeClasses, deliveryStates } from '../contract/delivery.ts'
import { eventResults } from '../contract/event.ts'
import { eventTypeNames, type EventType } from '../contract/event-types.ts'
import { isSignedOut, queries } from './api/client.ts'
import { attemptTabs } from './deliveries/use-attempt.ts'
import { meQuery } from './api/use-me.ts'
import { isSetUpNeeded } from './api/use-set-up.ts'
import { spans } from './parts/span.ts'
import { NotFound } from './parts/not-found.tsx'
import { PageBroke } from './parts/page-broke.tsx'
import { Shell } from './parts/shell.tsx'
import { TeamPages } from './people/team-pages.tsx'
import { parseSearch, stringifySearch } from './search.ts'
import { SignInPage } from './sign-in/sign-in-page.tsx'

/** What an address says beside its path; rubbish falls back to the default. */
const optional = z.string().max(512).optional().catch(undefined)
/** The row above the first one that is seen of a list. */
const afterRow = (id: RegExp) => z.string().regex(id).optional().catch(undefined)
const uuidPart = '[0-7][0-9a-hjkmnp-tv-z]{25}'
const eventType = z
  .enum(eventTypeNames as [EventType, ...EventType[]])
  .optional()
  .catch(undefined)
/** How far back something looks. */
const range = z.enum(spans).optional().catch(undefined)

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageBroke })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ next: optional }),
  beforeLoad: async () => {
    if (await isSetUpNeeded()) redirect({ to: '/setup', throw: true })
  },
  component: SignInPage,
})
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await isSetUpNeeded())) redirect({ to: '/sign-in', throw: true })
  },
  component: lazyRouteComponent(() => import('./sign-in/set-up-page.tsx'), 'SetUpPage'),
})

const problemTypes = createRoute({
  getParentRoute: () => root,
  path: '/problems',
  component: lazyRouteComponent(() => import('./problems/problem-pages.tsx'), 'ProblemsPage'),
})
const problemType = createRoute({
  getParentRoute: () => root,
  path: '/problems/$problem',
  component: lazyRouteComponent(() => import('./problems/problem-pages.tsx'), 'ProblemPage'),
})

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ location }) => {
    await queries.query({ ...meQuery, staleTime: 'static' }).catch((error: unknown) => {
      if (!isSignedOut(error)) throw error
      redirect({ to: '/sign-in', search: { next: location.href }, throw: true })
    })
  },
})

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => redirect({ to: '/overview', throw: true }),
})

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/overview',
  validateSearch: z.object({ range }),
  component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
})

const automations = createRoute({
  getParentRoute: () => inside,
  path: '/automations',
  validateSearch: z.object({
    q: optional,
    scope: z
      .string()
      .regex(/^(prj|col|ent|team)_[1-9]\d{0,14}$/)
      .optional()
      .catch(undefined),
    state: z.enum(automationStates).optional().catch(undefined),
    event: eventType,
    webhook: z
      .string()
      .regex(/^whk_[1-9]\d{0,14}$/)
      .optional()
      .catch(undefined),
    mine: z.literal('true').optional().catch(undefined),
    sort: z.enum(automationSorts).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./automations/automations-page.tsx'), 'AutomationsPage'),
})
const wizardSearch = z.object({
  step: z.enum(['event', 'action', 'details']).optional().catch(undefined),
  scope: optional,
  event: optional,
  copy: optional,
  from: optional,
})
const newAutomation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/new',
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import('./automations/new-page.tsx'), 'NewAutomationPage'),
})
const automation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/$automation',
  validateSearch: z.object({ tab: z.enum(['summary', 'history', 'changes']).optional().catch(undefined), range }),
  component: lazyRouteComponent(() => import('./automations/automation-page.tsx'), 'AutomationPage'),
})
const editAutomation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/$automation/edit',
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import('./automations/edit-page.tsx'), 'EditAutomationPage'),
})

const history = createRoute({
  getParentRoute: () => inside,
  path: '/history',
  validateSearch: z.object({
    q: optional,
    state: z.enum(deliveryStates).optional().catch(undefined),
    code: z.enum(codeClasses).optional().catch(undefined),
    since: range,
    automation: optional,
    webhook: optional,
    after: afterRow(new RegExp(`^dlv_${uuidPart}$`)),
  }),
  component: lazyRouteComponent(() => import('./deliveries/history-page.tsx'), 'HistoryPage'),
})
const delivery = createRoute({
  getParentRoute: () => inside,
  path: '/deliveries/$delivery',
  validateSearch: z.object({
    attempt: z
      .string()
      .regex(/^[1-9]\d{0,3}$/)
      .optional()
      .catch(undefined),
    tab: z.enum(attemptTabs).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./deliveries/delivery-page.tsx'), 'DeliveryPage'),
})

const events = createRoute({
  getParentRoute: () => inside,
  path: '/events',
  validateSearch: z.object({
    place: optional,
    type: eventType,
    result: z.enum(eventResults).optional().catch(undefined),
    since: range,
    by: optional,
    after: afterRow(new RegExp(`^evt_${uuidPart}$`)),
  }),
  component: lazyRouteComponent(() => import('./events/events-page.tsx'), 'EventsPage'),
})
const event = createRoute({
  getParentRoute: () => inside,
  path: '/events/$event',
  validateSearch: z.object({ automation: optional }),
  component: lazyRouteComponent(() => import('./events/event-page.tsx'), 'EventPage'),
})

const tabs = z.object({ tab: optional })
const panels = z.object({ panel: z.literal('new').optional().catch(undefined) })
const registries = createRoute({
  getParentRoute: () => inside,
  path: '/registries',
  validateSearch: panels,
  component: lazyRouteComponent(() => import('./registry/registries-page.tsx'), 'RegistriesPage'),
})
const registry = createRoute({
  getParentRoute: () => inside,
  path: '/registries/$registry',
  validateSearch: tabs,
  component: lazyRouteComponent(() => import('./registry/place-page.tsx'), 'RegistryPage'),
})
const registryCollection = createRoute({
  getParentRoute: () => inside,
  path: '/registries/$registry/$collection',
  validateSearch: z.object({ version: optional, tab: optional }),
  component: lazyRouteComponent(() => import('./registry/collection-page.tsx'), 'CollectionPage'),
})
const projects = createRoute({
  getParentRoute: () => inside,
  path: '/projects',
  validateSearch: panels,
  component: lazyRouteComponent(() => import('./registry/projects-page.tsx'), 'ProjectsPage'),
})
const project = createRoute({
  getParentRoute: () => inside,
  path: '/projects/$entity/$project',
  validateSearch: tabs,
  component: lazyRouteComponent(() => import('./registry/place-page.tsx'), 'ProjectPage'),
})
const projectCollection = createRoute({
  getParentRoute: () => inside,
  path: '/projects/$entity/$project/$collection',
  validateSearch: z.object({ version: optional, tab: optional }),
  component: lazyRouteComponent(() => import('./registry/collection-page.tsx'), 'CollectionPage'),
})

const ofTeam = createRoute({ getParentRoute: () => inside, id: 'of-team', component: TeamPages })
const webhooks = createRoute({
  getParentRoute: () => ofTeam,
  path: '/teams/$team/webhooks',
  validateSearch: z.object({ panel: z.enum(['new', 'test']).optional().catch(undefined), webhook: optional }),
  component: lazyRouteComponent(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage'),
})
const webhook = createRoute({
  getParentRoute: () => ofTeam,
  path: '/teams/$team/webhooks/$webhook',
  validateSearch: z.object({ tab: z.enum(['deliveries', 'settings', 'receiver']).optional().catch(undefined), range }),
  component: lazyRouteComponent(() => import('./webhooks/webhook-page.tsx'), 'WebhookPage'),
})
const members = createRoute({
  getParentRoute: () => ofTeam,
  path: '/teams/$team/members',
  component: lazyRouteComponent(() => import('./people/members-page.tsx'), 'MembersPage'),
})
const audit = createRoute({
  getParentRoute: () => ofTeam,
  path: '/teams/$team/audit',
  validateSearch: z.object({ who: optional, action: optional, after: afterRow(/^aud_[1-9]\d{0,14}$/) }),
  component: lazyRouteComponent(() => import('./people/audit-page.tsx'), 'AuditPage'),
})
const profile = createRoute({
  getParentRoute: () => inside,
  path: '/profile',
  validateSearch: panels,
  component: lazyRouteComponent(() => import('./people/profile-page.tsx'), 'ProfilePage'),
})
const secrets = createRoute({
  getParentRoute: () => ofTeam,
  path: '/teams/$team/secrets',
  validateSearch: panels,
  component: lazyRouteComponent(() => import('./secrets/secrets-page.tsx'), 'SecretsPage'),
})

const pages = [
  home,
  overview,
  automations,
  newAutomation,
  automation,
  editAutomation,
  history,
  delivery,
  events,
  event,
  registries,
  registry,
  registryCollection,
  projects,
  project,
  projectCollection,
  ofTeam.addChildren([webhooks, webhook, secrets, members, audit]),
  profile,
]

export const router = createRouter({
  routeTree: root.addChildren([signIn, setUp, problemTypes, problemType, inside.addChildren(pages)]),
  parseSearch,
  stringifySearch,
  defaultErrorComponent: PageBroke,
  scrollRestoration: true,
})
