/** Whether somebody wants this process to end: by Ctrl-C, by TERM, or by closing the terminal. */
export interface Stop {
  readonly asked: Promise<NodeJS.Signals>
  isAsked(): boolean
}

const endedBySignal = 130

/** From now on the first signal asks, so that what is under way can end well; a second one ends the process at once. */
export function watchForStop(): Stop {
  let isAsked = false
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    const ask = (signal: NodeJS.Signals): void => {
      if (isAsked) process.exit(endedBySignal)
      isAsked = true
      resolve(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  })
  return { asked, isAsked: () => isAsked }
}
