/** The head of the OpenAPI document; the paths come from the routes' schemas. */
export function describeApi(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Signalbox',
      version,
      description: 'Webhook automations for machine-learning teams. Refusals are RFC 9457 problems; see /problems.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: { securitySchemes: { apiKey: { type: 'http' as const, scheme: 'bearer' } } },
    security: [{ apiKey: [] }],
  }
}
