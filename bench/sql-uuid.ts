/** SQL for an id as Signalbox makes them, of an instant in milliseconds and a number: they sort by time. */
export function sqlUuid(ms: string, number: string): string {
  return `(lpad(to_hex((${ms})::bigint), 12, '0') || '7' || lpad(to_hex((${number}) % 4096), 3, '0') || '8' || lpad(to_hex(${number}), 15, '0'))::uuid`
}
