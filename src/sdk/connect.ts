import * as z from 'zod'
import {
  Automation,
  AutomationRevision,
  ListedAutomation,
  type AutomationChange,
  type AutomationQuery,
  type NewAutomation,
} from '../contract/automation.ts'
import {
  Delivery,
  DeliverySummary,
  RedeliveryDryRun,
  type DeliveryQuery,
  type Redelivery,
} from '../contract/delivery.ts'
import {
  Event,
  EventSurroundings,
  FollowedEvents,
  RecordedEvent,
  RecordedEvents,
  type EventQuery,
  type NewCustomEvent,
} from '../contract/event.ts'
import { Explanation, type ExplanationQuery } from '../contract/explanation.ts'
import { pageOf, type PageQuery } from '../contract/page.ts'
import {
  Grants,
  ListedProject,
  Project,
  type NewProject,
  type NewRegistry,
  type ProjectQuery,
} from '../contract/project.ts'
import {
  Collection,
  Collections,
  CreatedVersion,
  Version,
  VersionDetails,
  Versions,
  type AliasChange,
  type CollectionChange,
  type CollectionQuery,
  type CollectionSearch,
  type NewCollection,
  type NewLink,
  type NewVersion,
  type ProjectChange,
  type RegistryChange,
  type VersionChange,
} from '../contract/registry.ts'
import {
  CancellationEstimate,
  CancelledDeliveries,
  MassRedelivery,
  RedeliveryEstimate,
  type Cancellation,
  type NewRedelivery,
  type RedeliveryQuery,
} from '../contract/redelivery.ts'
import { Secret, type NewSecret } from '../contract/secret.ts'
import { BuiltInReceiver } from '../contract/receiver.ts'
import { Stats, WebhookStats, type StatsQuery, type WebhookStatsQuery } from '../contract/stats.ts'
import {
  DryRunResult,
  Simulation,
  type DryRun,
  type NewDryRun,
  type NewSimulation,
  type SimulationQuery,
} from '../contract/trial.ts'
import { Presets, type PresetQuery } from '../contract/presets.ts'
import {
  UrlVerdict,
  WebhookScript,
  WebhookTest,
  type NewWebhookScript,
  type NewWebhookTest,
  type UnstoredWebhookScript,
  type UnstoredWebhookTest,
} from '../contract/webhook-test.ts'
import {
  CreatedWebhook,
  RotatedSigningSecret,
  SigningSecrets,
  Webhook,
  type NewWebhook,
  type Rotation,
  type WebhookChange,
} from '../contract/webhook.ts'
import {
  ApiKeys,
  AuditEntry,
  CreatedApiKey,
  Me,
  Organization,
  People,
  Person,
  SetUpState,
  Team,
  Teams,
  type ApiKeyQuery,
  type AuditQuery,
  type NewApiKey,
  type NewPerson,
  type NewServiceAccount,
  type NewTeam,
  type PasswordChange,
  type RegistryRole,
  type Role,
  type SetUp,
  type SignIn,
} from '../contract/who.ts'
import { makeCall, makeOpen, piece, waitAWhile, type ConnectOptions } from './call.ts'
import { followStream, type FollowOptions } from './follow-stream.ts'

/** What a caller writes: what has a default may be left out. */
type Given<Shape extends z.ZodType> = z.input<Shape>
type Page = Partial<PageQuery>
/** Goes ahead although something uses it; without it the request is refused with the list of what does. */
type Force = { readonly force?: boolean }

const nothing = z.null()

export type SignalboxClient = ReturnType<typeof connect>

/**
 * A typed client: one function for each operation, grouped by noun; answers have the shapes of `contract`. Places and
 * things are named by id or by name, projects by `team/name` too.
 */
export function connect(options: ConnectOptions) {
  const call = makeCall(options)
  const members = (place: 'organizations' | 'teams') => ({
    list: (ref: string, query?: Page) => call('GET', `/${place}/${piece(ref)}/members`, People, { query }),
    set: (ref: string, person: string, role: z.infer<typeof Role>) =>
      call('PUT', `/${place}/${piece(ref)}/members/${piece(person)}`, nothing, { body: { role } }),
    remove: (ref: string, person: string) =>
      call('DELETE', `/${place}/${piece(ref)}/members/${piece(person)}`, nothing),
  })
  return {
    /** Who the API key belongs to. */
    me: () => call('GET', '/me', Me),
    /** A new API key for a name and a password; it asks for no key. */
    signIn: (body: SignIn) => call('POST', '/sign-in', CreatedApiKey, { body }),
    /** For pages of the server itself: a cookie that no script can read. */
    session: {
      open: (body: SignIn) => call('POST', '/session', Me, { body }),
      end: () => call('DELETE', '/session', nothing),
    },
    /** The first start, for pages of the server itself: the first admin is signed in. */
    setUp: {
      state: () => call('GET', '/setup', SetUpState),
      make: (body: SetUp) => call('POST', '/setup', Me, { body }),
    },
    apiKeys: {
      create: (body: Given<typeof NewApiKey>) => call('POST', '/api-keys', CreatedApiKey, { body }),
      list: (query?: Partial<ApiKeyQuery>) => call('GET', '/api-keys', ApiKeys, { query }),
      revoke: (id: string) => call('DELETE', `/api-keys/${piece(id)}`, nothing),
    },
    organizations: {
      get: (organization: string) => call('GET', `/organizations/${piece(organization)}`, Organization),
      audit: (organization: string, query?: Partial<AuditQuery>) =>
        call('GET', `/organizations/${piece(organization)}/audit`, pageOf(AuditEntry), { query }),
      members: members('organizations'),
    },
    people: {
      create: (organization: string, body: Given<typeof NewPerson>) =>
        call('POST', `/organizations/${piece(organization)}/people`, Person, { body }),
      /** Your own takes the present one; that of others, that you are admin wherever they belong. */
      setPassword: (person: string, body: Given<typeof PasswordChange>) =>
        call('PUT', `/people/${piece(person)}/password`, nothing, { body }),
      createOrganizationServiceAccount: (organization: string, body: Given<typeof NewServiceAccount>) =>
        call('POST', `/organizations/${piece(organization)}/service-accounts`, Person, { body }),
      createServiceAccount: (team: string, body: Given<typeof NewServiceAccount>) =>
        call('POST', `/teams/${piece(team)}/service-accounts`, Person, { body }),
    },
    teams: {
      get: (team: string) => call('GET', `/teams/${piece(team)}`, Team),
      create: (organization: string, body: Given<typeof NewTeam>) =>
        call('POST', `/organizations/${piece(organization)}/teams`, Team, { body }),
      list: (organization: string, query?: Page) =>
        call('GET', `/organizations/${piece(organization)}/teams`, Teams, { query }),
      members: members('teams'),
      audit: (team: string, query?: Partial<AuditQuery>) =>
        call('GET', `/teams/${piece(team)}/audit`, pageOf(AuditEntry), { query }),
    },
    projects: {
      create: (body: Given<typeof NewProject>) => call('POST', '/projects', Project, { body }),
      list: (query?: Partial<ProjectQuery>) => call('GET', '/projects', pageOf(ListedProject), { query }),
      get: (project: string) => call('GET', `/projects/${piece(project)}`, Project),
      /** A registry too; it has no collections any more. */
      delete: (project: string) => call('DELETE', `/projects/${piece(project)}`, nothing),
      update: (project: string, body: ProjectChange) => call('PATCH', `/projects/${piece(project)}`, Project, { body }),
    },
    registries: {
      list: (query?: Partial<ProjectQuery>) => call('GET', '/registries', pageOf(ListedProject), { query }),
      listGrants: (registry: string, query?: Page) =>
        call('GET', `/registries/${piece(registry)}/grants`, Grants, { query }),
      create: (body: Given<typeof NewRegistry>) => call('POST', '/registries', Project, { body }),
      update: (registry: string, body: RegistryChange) =>
        call('PATCH', `/registries/${piece(registry)}`, Project, { body }),
      setGrant: (registry: string, grantee: string, role: z.infer<typeof RegistryRole>) =>
        call('PUT', `/registries/${piece(registry)}/grants/${piece(grantee)}`, nothing, { body: { role } }),
      removeGrant: (registry: string, grantee: string) =>
        call('DELETE', `/registries/${piece(registry)}/grants/${piece(grantee)}`, nothing),
    },
    /** Named by id or by `entity/project/collection`. */
    collections: {
      create: (project: string, body: Given<typeof NewCollection>) =>
        call('POST', `/projects/${piece(project)}/collections`, Collection, { body }),
      list: (project: string, query?: Partial<CollectionQuery>) =>
        call('GET', `/projects/${piece(project)}/collections`, Collections, { query }),
      /** Of every project and registry you may see. */
      listAll: (query?: Partial<CollectionSearch>) => call('GET', '/collections', Collections, { query }),
      get: (collection: string) => call('GET', `/collections/${piece(collection)}`, Collection),
      update: (collection: string, body: CollectionChange) =>
        call('PATCH', `/collections/${piece(collection)}`, Collection, { body }),
      delete: (collection: string, query?: Force) =>
        call('DELETE', `/collections/${piece(collection)}`, nothing, { query }),
      addTags: (collection: string, tags: readonly string[]) =>
        call('POST', `/collections/${piece(collection)}/tags`, Collection, { body: { tags } }),
      removeTag: (collection: string, tag: string) =>
        call('DELETE', `/collections/${piece(collection)}/tags/${piece(tag)}`, Collection),
      /** Adds aliases, or moves them from the versions that have them. */
      addAliases: (collection: string, body: AliasChange) =>
        call('POST', `/collections/${piece(collection)}/aliases`, Version, { body }),
      removeAlias: (collection: string, alias: string) =>
        call('DELETE', `/collections/${piece(collection)}/aliases/${piece(alias)}`, nothing),
      link: (collection: string, body: Given<typeof NewLink>) =>
        call('POST', `/collections/${piece(collection)}/links`, Version, { body }),
      unlink: (collection: string, version: string) =>
        call('DELETE', `/collections/${piece(collection)}/links/${piece(version)}`, nothing),
    },
    /** Named by `art_…` or by `entity/project/collection:v3`, with an alias in place of the number as well. */
    versions: {
      create: (collection: string, body: Given<typeof NewVersion>) =>
        call('POST', `/collections/${piece(collection)}/versions`, CreatedVersion, { body }),
      list: (collection: string, query?: Page) =>
        call('GET', `/collections/${piece(collection)}/versions`, Versions, { query }),
      get: (version: string) => call('GET', `/versions/${piece(version)}`, VersionDetails),
      commit: (version: string) => call('POST', `/versions/${piece(version)}/commit`, CreatedVersion),
      update: (version: string, body: VersionChange) =>
        call('PATCH', `/versions/${piece(version)}`, VersionDetails, { body }),
      delete: (version: string, query?: Force) => call('DELETE', `/versions/${piece(version)}`, nothing, { query }),
      addTags: (version: string, tags: readonly string[]) =>
        call('POST', `/versions/${piece(version)}/tags`, VersionDetails, { body: { tags } }),
      removeTag: (version: string, tag: string) =>
        call('DELETE', `/versions/${piece(version)}/tags/${piece(tag)}`, VersionDetails),
    },
    secrets: {
      create: (team: string, body: Given<typeof NewSecret>) =>
        call('POST', `/teams/${piece(team)}/secrets`, Secret, { body }),
      list: (team: string, query?: Page) => call('GET', `/teams/${piece(team)}/secrets`, pageOf(Secret), { query }),
      replace: (team: string, name: string, value: string) =>
        call('PUT', `/teams/${piece(team)}/secrets/${piece(name)}`, Secret, { body: { value } }),
      delete: (team: string, name: string, query?: Force) =>
        call('DELETE', `/teams/${piece(team)}/secrets/${piece(name)}`, nothing, { query }),
    },
    webhooks: {
      create: (team: string, body: Given<typeof NewWebhook>) =>
        call('POST', `/teams/${piece(team)}/webhooks`, CreatedWebhook, { body }),
      list: (team: string, query?: Page) => call('GET', `/teams/${piece(team)}/webhooks`, pageOf(Webhook), { query }),
      get: (id: string) => call('GET', `/webhooks/${piece(id)}`, Webhook),
      /** How deliveries to each went in the last 24 hours. */
      listStats: (team: string, query?: Partial<WebhookStatsQuery>) =>
        call('GET', `/teams/${piece(team)}/webhook-stats`, pageOf(WebhookStats), { query }),
      update: (id: string, body: Given<typeof WebhookChange>, query?: Force) =>
        call('PATCH', `/webhooks/${piece(id)}`, Webhook, { body, query }),
      delete: (id: string, query?: Force) => call('DELETE', `/webhooks/${piece(id)}`, nothing, { query }),
      pause: (id: string) => call('POST', `/webhooks/${piece(id)}/pause`, Webhook),
      resume: (id: string) => call('POST', `/webhooks/${piece(id)}/resume`, Webhook),
      enable: (id: string) => call('POST', `/webhooks/${piece(id)}/enable`, Webhook),
      /** Sends one request now, with settings that need not be saved; nothing of it is kept. */
      test: (id: string, body: Given<typeof NewWebhookTest> = {}) =>
        call('POST', `/webhooks/${piece(id)}/test`, WebhookTest, { body }),
      testUnstored: (team: string, body: Given<typeof UnstoredWebhookTest>) =>
        call('POST', `/teams/${piece(team)}/webhooks/test`, WebhookTest, { body }),
      /** Where the receiver of this server is, if it runs one, and what arrived there for the team. */
      builtInReceiver: (team: string) => call('GET', `/teams/${piece(team)}/built-in-receiver`, BuiltInReceiver),
      checkUrl: (team: string, url: string) =>
        call('POST', `/teams/${piece(team)}/webhooks/check-url`, UrlVerdict, { body: { url } }),
      /** A shell script that reproduces request and signatures. */
      script: (id: string) => call('GET', `/webhooks/${piece(id)}/script`, WebhookScript),
      /** The same of settings that are not saved. */
      scriptChanged: (id: string, body: Given<typeof NewWebhookScript>) =>
        call('POST', `/webhooks/${piece(id)}/script`, WebhookScript, { body }),
      scriptUnstored: (team: string, body: Given<typeof UnstoredWebhookScript>) =>
        call('POST', `/teams/${piece(team)}/webhooks/script`, WebhookScript, { body }),
      listSigningSecrets: (id: string) => call('GET', `/webhooks/${piece(id)}/signing-secrets`, SigningSecrets),
      rotateSigningSecret: (id: string, body: Given<typeof Rotation> = {}) =>
        call('POST', `/webhooks/${piece(id)}/signing-secrets`, RotatedSigningSecret, { body }),
    },
    automations: {
      createInProject: (project: string, body: Given<typeof NewAutomation>) =>
        call('POST', `/projects/${piece(project)}/automations`, Automation, { body }),
      createInCollection: (collection: string, body: Given<typeof NewAutomation>) =>
        call('POST', `/collections/${piece(collection)}/automations`, Automation, { body }),
      createInTeam: (team: string, body: Given<typeof NewAutomation>) =>
        call('POST', `/teams/${piece(team)}/automations`, Automation, { body }),
      /** Over every scope you may read. */
      list: (query?: Partial<AutomationQuery>) => call('GET', '/automations', pageOf(ListedAutomation), { query }),
      listOfProject: (project: string, query?: Page) =>
        call('GET', `/projects/${piece(project)}/automations`, pageOf(Automation), { query }),
      listOfCollection: (collection: string, query?: Page) =>
        call('GET', `/collections/${piece(collection)}/automations`, pageOf(Automation), { query }),
      listOfTeam: (team: string, query?: Page) =>
        call('GET', `/teams/${piece(team)}/automations`, pageOf(Automation), { query }),
      get: (id: string) => call('GET', `/automations/${piece(id)}`, Automation),
      /** What it said before, and who changed it. */
      revisions: (id: string, query?: Page) =>
        call('GET', `/automations/${piece(id)}/revisions`, pageOf(AutomationRevision), { query }),
      update: (id: string, body: Given<typeof AutomationChange>) =>
        call('PATCH', `/automations/${piece(id)}`, Automation, { body }),
      delete: (id: string) => call('DELETE', `/automations/${piece(id)}`, nothing),
      /** Undoes its deletion. */
      restore: (id: string) => call('POST', `/automations/${piece(id)}/restore`, Automation),
      enable: (id: string) => call('POST', `/automations/${piece(id)}/enable`, Automation),
      disable: (id: string) => call('POST', `/automations/${piece(id)}/disable`, Automation),
      /** Whether it would fire on an event, why, and what exactly it would send. Nothing is kept or sent. */
      dryRun: (id: string, body: DryRun = {}) =>
        call('POST', `/automations/${piece(id)}/dry-run`, DryRunResult, { body }),
      dryRunInProject: (project: string, body: Given<typeof NewDryRun>) =>
        call('POST', `/projects/${piece(project)}/automations/dry-run`, DryRunResult, { body }),
      dryRunInCollection: (collection: string, body: Given<typeof NewDryRun>) =>
        call('POST', `/collections/${piece(collection)}/automations/dry-run`, DryRunResult, { body }),
      dryRunInTeam: (team: string, body: Given<typeof NewDryRun>) =>
        call('POST', `/teams/${piece(team)}/automations/dry-run`, DryRunResult, { body }),
      /** Which past events it would fire on now, and why not on the others. */
      simulate: (id: string, query?: Partial<SimulationQuery>) =>
        call('GET', `/automations/${piece(id)}/simulation`, Simulation, { query }),
      simulateInProject: (project: string, body: Given<typeof NewSimulation>) =>
        call('POST', `/projects/${piece(project)}/automations/simulation`, Simulation, { body }),
      simulateInCollection: (collection: string, body: Given<typeof NewSimulation>) =>
        call('POST', `/collections/${piece(collection)}/automations/simulation`, Simulation, { body }),
      simulateInTeam: (team: string, body: Given<typeof NewSimulation>) =>
        call('POST', `/teams/${piece(team)}/automations/simulation`, Simulation, { body }),
      /** Webhooks and payloads for services that many send to. */
      presets: (query?: Partial<PresetQuery>) => call('GET', '/payload-presets', Presets, { query }),
      /** It goes on matching, and its deliveries are held. */
      pause: (id: string) => call('POST', `/automations/${piece(id)}/pause`, Automation),
      /** What was held is sent. */
      resume: (id: string) => call('POST', `/automations/${piece(id)}/resume`, Automation),
    },
    events: {
      /** With an `id` in the event it may be repeated: the same id records once. */
      record: (project: string, body: Given<typeof NewCustomEvent>) =>
        call('POST', `/projects/${piece(project)}/events`, RecordedEvent, { body }),
      /** All of them, or none; a thousand at most. */
      recordBatch: (project: string, events: readonly Given<typeof NewCustomEvent>[]) =>
        call('POST', `/projects/${piece(project)}/events/batch`, RecordedEvents, { body: { events } }),
      list: (project: string, query?: Partial<EventQuery>) =>
        call('GET', `/projects/${piece(project)}/events`, pageOf(Event), { query }),
      get: (id: string) => call('GET', `/events/${piece(id)}`, Event),
      follow: (team: string, query?: Page) => call('GET', `/teams/${piece(team)}/events`, FollowedEvents, { query }),
      explain: (id: string, query?: ExplanationQuery) =>
        call('GET', `/events/${piece(id)}/explanation`, Explanation, { query }),
      /** What its variables stand for, and what happened beside it. */
      surroundings: (id: string) => call('GET', `/events/${piece(id)}/surroundings`, EventSurroundings),
    },
    /** Events and attempts as they come: `for await (const one of client.stream({ team: 'vision' })) …` */
    stream: (query: FollowOptions = {}) => followStream(makeOpen(options), options.wait ?? waitAWhile, query),
    /** How deliveries go; by exactly one of team, webhook and automation. */
    stats: (query: Partial<StatsQuery>) => call('GET', '/stats', Stats, { query }),
    deliveries: {
      list: (query: Partial<DeliveryQuery>) => call('GET', '/deliveries', pageOf(DeliverySummary), { query }),
      get: (id: string) => call('GET', `/deliveries/${piece(id)}`, Delivery),
      /** Of one that has ended: the same again, or rendered anew. */
      redeliver: (id: string, body: Given<typeof Redelivery> = {}) =>
        call('POST', `/deliveries/${piece(id)}/redeliver`, DeliverySummary, { body }),
      /** What redelivering it anew would send. */
      dryRunRedelivery: (id: string) => call('POST', `/deliveries/${piece(id)}/redeliver/dry-run`, RedeliveryDryRun),
      tryNow: (id: string) => call('POST', `/deliveries/${piece(id)}/try-now`, DeliverySummary),
      cancel: (id: string) => call('POST', `/deliveries/${piece(id)}/cancel`, DeliverySummary),
      estimateCancellation: (body: Given<typeof Cancellation>) =>
        call('POST', '/cancellation-estimates', CancellationEstimate, { body }),
      /** All that wait or are held and match; when there are `more`, repeat it. */
      cancelMany: (body: Given<typeof Cancellation>) => call('POST', '/cancellations', CancelledDeliveries, { body }),
    },
    /** Many at once, at a pace: they go on by themselves until they are stopped or done. */
    redeliveries: {
      estimate: (body: Given<typeof NewRedelivery>) =>
        call('POST', '/redelivery-estimates', RedeliveryEstimate, { body }),
      start: (body: Given<typeof NewRedelivery>) => call('POST', '/redeliveries', MassRedelivery, { body }),
      list: (query: Partial<RedeliveryQuery>) => call('GET', '/redeliveries', pageOf(MassRedelivery), { query }),
      get: (id: string) => call('GET', `/redeliveries/${piece(id)}`, MassRedelivery),
      pause: (id: string) => call('POST', `/redeliveries/${piece(id)}/pause`, MassRedelivery),
      resume: (id: string) => call('POST', `/redeliveries/${piece(id)}/resume`, MassRedelivery),
      stop: (id: string) => call('POST', `/redeliveries/${piece(id)}/stop`, MassRedelivery),
    },
  }
}
