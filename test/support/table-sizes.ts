import pg from 'pg'

/** How many rows every table has. */
export async function tableSizes(databaseUrl: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    )
    const sizes: Record<string, number> = {}
    for (const { name } of tables.rows) {
      const counted = await client.query<{ rows: string }>(`select count(*) as rows from ${name}`)
      sizes[name] = Number(counted.rows[0]!.rows)
    }
    return sizes
  } finally {
    await client.end()
  }
}
