import * as z from 'zod'
import { Automation, type AutomationChange, type NewAutomation } from '../contract/automation.ts'
import { Delivery, DeliverySummary, type DeliveryQuery } from '../contract/delivery.ts'
import { Explanation } from '../contract/explanation.ts'
import { Event, RecordedEvent, RecordedEvents, type NewCustomEvent } from '../contract/event.ts'
import { pageOf, type PageQuery } from '../contract/page.ts'
import { Project, type NewProject, type NewRegistry } from '../contract/project.ts'
import { Secret, type NewSecret } from '../contract/secret.ts'
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
  People,
  Person,
  Team,
  Teams,
  type NewApiKey,
  type NewPerson,
  type NewServiceAccount,
  type NewTeam,
  type SignIn,
} from '../contract/who.ts'
import { makeCall, piece, type ConnectOptions } from './call.ts'

type Page = Partial<PageQuery>
/** What a caller writes: what has a default may be left out. */
type Given<Shape, Defaults extends keyof Shape> = Omit<Shape, Defaults> & Partial<Pick<Shape, Defaults>>
type Role = 'admin' | 'member' | 'viewer'
type MemberPlace = 'organizations' | 'teams'

const nothing = z.null()

/** A typed client: one function for each operation, grouped by noun. Answers have the shapes of `contract`. */
export function connect(options: ConnectOptions) {
  const call = makeCall(options)
  const members = (place: MemberPlace) => ({
    list: (ref: string) => call('GET', `/${place}/${piece(ref)}/members`, People),
    set: (ref: string, person: string, role: Role) =>
      call('PUT', `/${place}/${piece(ref)}/members/${piece(person)}`, nothing, { body: { role } }),
    remove: (ref: string, person: string) =>
      call('DELETE', `/${place}/${piece(ref)}/members/${piece(person)}`, nothing),
  })
  return {
    me: () => call('GET', '/me', Me),
    signIn: (body: SignIn) => call('POST', '/sign-in', CreatedApiKey, { body }),
    apiKeys: {
      create: (body: NewApiKey) => call('POST', '/api-keys', CreatedApiKey, { body }),
      list: () => call('GET', '/api-keys', ApiKeys),
      revoke: (id: string) => call('DELETE', `/api-keys/${piece(id)}`, nothing),
    },
    organizations: {
      createTeam: (organization: string, body: NewTeam) =>
        call('POST', `/organizations/${piece(organization)}/teams`, Team, { body }),
      listTeams: (organization: string) => call('GET', `/organizations/${piece(organization)}/teams`, Teams),
      createPerson: (organization: string, body: Given<NewPerson, 'role'>) =>
        call('POST', `/organizations/${piece(organization)}/people`, Person, { body }),
      members: members('organizations'),
    },
    teams: {
      createServiceAccount: (team: string, body: Given<NewServiceAccount, 'role'>) =>
        call('POST', `/teams/${piece(team)}/service-accounts`, Person, { body }),
      members: members('teams'),
      audit: (team: string, query?: Page) => call('GET', `/teams/${piece(team)}/audit`, pageOf(AuditEntry), { query }),
    },
    projects: {
      create: (body: NewProject) => call('POST', '/projects', Project, { body }),
      list: (query?: Page) => call('GET', '/projects', pageOf(Project), { query }),
      get: (project: string) => call('GET', `/projects/${piece(project)}`, Project),
    },
    registries: {
      create: (body: Given<NewRegistry, 'visibility'>) => call('POST', '/registries', Project, { body }),
      setGrant: (registry: string, grantee: string, role: Role | 'restricted_viewer') =>
        call('PUT', `/registries/${piece(registry)}/grants/${piece(grantee)}`, nothing, { body: { role } }),
      removeGrant: (registry: string, grantee: string) =>
        call('DELETE', `/registries/${piece(registry)}/grants/${piece(grantee)}`, nothing),
    },
    secrets: {
      create: (team: string, body: NewSecret) => call('POST', `/teams/${piece(team)}/secrets`, Secret, { body }),
      list: (team: string, query?: Page) => call('GET', `/teams/${piece(team)}/secrets`, pageOf(Secret), { query }),
      replace: (team: string, name: string, value: string) =>
        call('PUT', `/teams/${piece(team)}/secrets/${piece(name)}`, Secret, { body: { value } }),
      delete: (team: string, name: string, query?: { force?: boolean }) =>
        call('DELETE', `/teams/${piece(team)}/secrets/${piece(name)}`, nothing, { query }),
    },
    webhooks: {
      create: (team: string, body: Partial<NewWebhook> & Pick<NewWebhook, 'name' | 'url'>) =>
        call('POST', `/teams/${piece(team)}/webhooks`, CreatedWebhook, { body }),
      list: (team: string, query?: Page) => call('GET', `/teams/${piece(team)}/webhooks`, pageOf(Webhook), { query }),
      get: (id: string) => call('GET', `/webhooks/${piece(id)}`, Webhook),
      update: (id: string, body: WebhookChange, query?: { force?: boolean }) =>
        call('PATCH', `/webhooks/${piece(id)}`, Webhook, { body, query }),
      delete: (id: string, query?: { force?: boolean }) => call('DELETE', `/webhooks/${piece(id)}`, nothing, { query }),
      pause: (id: string) => call('POST', `/webhooks/${piece(id)}/pause`, Webhook),
      resume: (id: string) => call('POST', `/webhooks/${piece(id)}/resume`, Webhook),
      enable: (id: string) => call('POST', `/webhooks/${piece(id)}/enable`, Webhook),
      listSigningSecrets: (id: string) => call('GET', `/webhooks/${piece(id)}/signing-secrets`, SigningSecrets),
      rotateSigningSecret: (id: string, body: Partial<Rotation> = {}) =>
        call('POST', `/webhooks/${piece(id)}/signing-secrets`, RotatedSigningSecret, { body }),
    },
    automations: {
      createInProject: (
        project: string,
        body: Partial<NewAutomation> & Pick<NewAutomation, 'name' | 'event_type' | 'action'>,
      ) => call('POST', `/projects/${piece(project)}/automations`, Automation, { body }),
      createInTeam: (
        team: string,
        body: Partial<NewAutomation> & Pick<NewAutomation, 'name' | 'event_type' | 'action'>,
      ) => call('POST', `/teams/${piece(team)}/automations`, Automation, { body }),
      listOfProject: (project: string, query?: Page) =>
        call('GET', `/projects/${piece(project)}/automations`, pageOf(Automation), { query }),
      listOfTeam: (team: string, query?: Page) =>
        call('GET', `/teams/${piece(team)}/automations`, pageOf(Automation), { query }),
      get: (id: string) => call('GET', `/automations/${piece(id)}`, Automation),
      update: (id: string, body: Given<AutomationChange, 'strict'>) =>
        call('PATCH', `/automations/${piece(id)}`, Automation, { body }),
      enable: (id: string) => call('POST', `/automations/${piece(id)}/enable`, Automation),
      disable: (id: string) => call('POST', `/automations/${piece(id)}/disable`, Automation),
      delete: (id: string) => call('DELETE', `/automations/${piece(id)}`, nothing),
    },
    events: {
      record: (project: string, body: Partial<NewCustomEvent> & Pick<NewCustomEvent, 'name'>) =>
        call('POST', `/projects/${piece(project)}/events`, RecordedEvent, { body }),
      recordBatch: (project: string, events: readonly (Partial<NewCustomEvent> & Pick<NewCustomEvent, 'name'>)[]) =>
        call('POST', `/projects/${piece(project)}/events/batch`, RecordedEvents, { body: { events } }),
      list: (project: string, query?: Page) =>
        call('GET', `/projects/${piece(project)}/events`, pageOf(Event), { query }),
      get: (id: string) => call('GET', `/events/${piece(id)}`, Event),
      explain: (id: string) => call('GET', `/events/${piece(id)}/explanation`, Explanation),
    },
    deliveries: {
      list: (query: Partial<DeliveryQuery>) => call('GET', '/deliveries', pageOf(DeliverySummary), { query }),
      get: (id: string) => call('GET', `/deliveries/${piece(id)}`, Delivery),
    },
  }
}

export type SignalboxClient = ReturnType<typeof connect>
