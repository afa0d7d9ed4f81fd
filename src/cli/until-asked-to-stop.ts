/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function untilAskedToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const ask = (signal: NodeJS.Signals): void => {
      resolve(signal)
      process.once(signal, () => process.exit(1))
    }
    process.once('SIGINT', ask)
    process.once('SIGTERM', ask)
  })
}
