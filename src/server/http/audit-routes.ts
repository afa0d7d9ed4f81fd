import * as z from 'zod'
import { pageOf } from '../../contract/page.ts'
import { AuditEntry, AuditQuery } from '../../contract/who.ts'
import { readAudit, readOrganizationAudit } from '../places/read-audit.ts'
import type { App } from './app.ts'

const tags = ['audit']

export function auditRoutes(app: App): void {
  app.get(
    '/teams/:team/audit',
    {
      schema: {
        operationId: 'listAudit',
        summary: "What was done to a team's things, newest first",
        tags,
        params: z.strictObject({ team: z.string().describe('`team_…`, `ent_…` or a name.') }),
        querystring: AuditQuery,
        response: { 200: pageOf(AuditEntry) },
      },
    },
    async (request) => readAudit(request.context, request.params.team, request.query),
  )

  app.get(
    '/organizations/:organization/audit',
    {
      schema: {
        operationId: 'listOrganizationAudit',
        summary: 'What was done in an organization and all its teams, newest first',
        tags,
        params: z.strictObject({ organization: z.string().describe('`org_…` or a name.') }),
        querystring: AuditQuery,
        response: { 200: pageOf(AuditEntry) },
      },
    },
    async (request) => readOrganizationAudit(request.context, request.params.organization, request.query),
  )
}
