import type { TestSignalbox } from './signalbox.ts'

/** A registry with a collection of models, and a collection of versions in the project. */
export interface TestRegistry {
  /** `prj_…` */
  readonly registry: string
  /** `col_…`, in the registry. */
  readonly portfolio: string
  /** `col_…`, in the project. */
  readonly sequence: string
  /** Another version of the sequence; answers it as the API does. */
  version(input?: Record<string, unknown>): Promise<Record<string, any>>
  link(version: string, aliases?: readonly string[]): Promise<Record<string, any>>
  /** Events of a project or registry, oldest first. */
  events(project: string): Promise<Record<string, any>[]>
}

let made = 0

export async function makeRegistry({ admin }: Pick<TestSignalbox, 'admin'>): Promise<TestRegistry> {
  const number = ++made
  const { id: registry } = await admin.must('POST', '/registries', { organization: 'acme', name: `models-${number}` })
  const model = { type: 'model' }
  const portfolio = await admin.must('POST', `/projects/${registry}/collections`, { name: 'churn-model', ...model })
  const sequence = await admin.must('POST', '/projects/demo/collections', { name: `churn-${number}`, ...model })
  return {
    registry: String(registry),
    portfolio: String(portfolio['id']),
    sequence: String(sequence['id']),
    version: (input = {}) => admin.must('POST', `/collections/${sequence['id']}/versions`, input),
    link: (version, aliases = []) => admin.must('POST', `/collections/${portfolio['id']}/links`, { version, aliases }),
    async events(project) {
      const { items } = await admin.must<{ items: Record<string, any>[] }>(
        'GET',
        `/projects/${project}/events?limit=100`,
      )
      return items.toReversed()
    },
  }
}
