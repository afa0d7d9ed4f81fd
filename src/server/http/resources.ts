import type { App } from './app.ts'
import { auditRoutes } from './audit-routes.ts'
import { automationRoutes } from './automation-routes.ts'
import { collectionRoutes } from './collection-routes.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { eventRoutes } from './event-routes.ts'
import type { House } from './house.ts'
import { memberRoutes } from './member-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { projectRoutes } from './project-routes.ts'
import { redeliveryRoutes } from './redelivery-routes.ts'
import { secretRoutes } from './secret-routes.ts'
import { statsRoutes } from './stats-routes.ts'
import { streamRoutes } from './stream-routes.ts'
import { trialRoutes } from './trial-routes.ts'
import { versionRoutes } from './version-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

/** Every resource below `/api/v1`. */
export const resources: readonly ((app: App, house: House) => void)[] = [
  peopleRoutes,
  memberRoutes,
  auditRoutes,
  projectRoutes,
  collectionRoutes,
  versionRoutes,
  secretRoutes,
  webhookRoutes,
  automationRoutes,
  trialRoutes,
  eventRoutes,
  deliveryRoutes,
  redeliveryRoutes,
  streamRoutes,
  statsRoutes,
]
