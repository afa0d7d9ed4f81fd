import type { Client } from './client.ts'

export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
}

/** One operation of the served OpenAPI document. */
export interface Operation {
  readonly id: string
  readonly method: string
  /** `/api/v1/teams/{team}/secrets` */
  readonly path: string
  readonly pathParameters: readonly string[]
  readonly queryParameters: readonly string[]
  readonly body: Schema | undefined
  readonly answers: Readonly<Record<string, { $ref?: string; content?: Readonly<Record<string, { schema: Schema }>> }>>
  readonly summary: string | undefined
  readonly tags: readonly string[] | undefined
  /** Asks for no key. */
  readonly open: boolean
}

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}

interface Described {
  readonly operationId: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } }
  readonly responses: Operation['answers']
}

export async function readOperations({ url }: Pick<Client, 'url'>): Promise<Operation[]> {
  return operationsOf(await (await fetch(`${url}/openapi.json`)).json())
}

export function operationsOf(document: unknown): Operation[] {
  return Object.entries((document as Document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      id: described.operationId,
      method: method.toUpperCase(),
      path,
      pathParameters: named(described, 'path'),
      queryParameters: named(described, 'query'),
      body: described.requestBody?.content['application/json'].schema,
      answers: described.responses,
      summary: described.summary,
      tags: described.tags,
      open: described.security?.length === 0,
    })),
  )
}

function named({ parameters = [] }: Described, place: string): string[] {
  return parameters.filter((parameter) => parameter.in === place).map(({ name }) => name)
}
