import { families, type Family, type FamilyName } from './families.ts'
import { secondsUpTo, type HistogramReading } from './instruments.ts'

/** A number, one for each value of the label, or undefined where it cannot be told now. */
export type Reading = number | ReadonlyMap<string, number | HistogramReading> | undefined

/** The text format of Prometheus, version 0.0.4. */
export function writeText(readings: Readonly<Record<FamilyName, Reading>>): string {
  const lines = Object.entries<Family>(families).flatMap(([name, family]) => {
    const reading = readings[name as FamilyName]
    if (reading === undefined) return []
    return [`# HELP ${name} ${family.about}`, `# TYPE ${name} ${family.type}`, ...samples(name, family, reading)]
  })
  return `${lines.join('\n')}\n`
}

function samples(name: string, { label }: Family, reading: NonNullable<Reading>): string[] {
  if (typeof reading === 'number') return [`${name} ${reading}`]
  return [...reading].flatMap(([value, one]) => {
    const labels = `${label}="${value}"`
    return typeof one === 'number' ? [`${name}{${labels}} ${one}`] : histogramSamples(name, labels, one)
  })
}

function histogramSamples(name: string, labels: string, { upTo, sum, count }: HistogramReading): string[] {
  return [
    ...secondsUpTo.map((bound, index) => `${name}_bucket{${labels},le="${bound}"} ${upTo[index]}`),
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${sum}`,
    `${name}_count{${labels}} ${count}`,
  ]
}
