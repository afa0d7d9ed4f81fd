import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'

/** Registries and projects that one may see: the newest hundred of each. */
export function usePlaces() {
  return useQuery({
    queryKey: ['places'],
    queryFn: async () => {
      const [registries, projects] = await Promise.all([
        client.registries.list({ limit: 100 }),
        client.projects.list({ limit: 100 }),
      ])
      return { registries: registries.items, projects: projects.items.filter((project) => !project.is_registry) }
    },
  })
}
