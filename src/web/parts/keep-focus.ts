const trailMax = 20

/** Something that had the focus, and what it stood in then. */
interface Step {
  readonly element: HTMLElement
  readonly within: readonly HTMLElement[]
}

/**
 * Whoever uses keys stays where they were: when what has the focus goes away, as a dialog that closes or a row that is
 * deleted, the focus goes back to what had it before, or to the nearest thing around that can have it.
 */
export function keepFocus({ body }: Document): void {
  let trail: readonly Step[] = []
  body.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    const step = { element: target, within: ancestorsOf(target) }
    trail = [step, ...trail.filter(({ element }) => element !== target)].slice(0, trailMax)
  })
  // Who leaves a thing that is still there, by a click on nothing or with Escape, means it.
  body.addEventListener('focusout', ({ target }) =>
    queueMicrotask(() => {
      if (isLost() && target instanceof HTMLElement && canHaveFocus(target)) trail = []
    }),
  )
  const isLost = (): boolean => document.activeElement === body || document.activeElement === null
  const giveBack = (): void => {
    const [last] = trail
    // A button that waits for its answer gets it back when it can have it again.
    if (!isLost() || last === undefined || (last.element.isConnected && last.element.matches(':disabled'))) return
    const places = trail.flatMap(({ element, within }) => [element, ...within])
    const found = places.find((place) => takesFocus(place))
    if (found === undefined) document.querySelector('h1')?.focus({ preventScroll: true })
  }
  // What comes in the place of what went may ask for the focus itself, and does so first.
  new MutationObserver(() => {
    if (isLost() && trail.length > 0) setTimeout(giveBack)
  }).observe(body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
}

/** From the nearest one; the page as a whole is no place to be. */
function ancestorsOf(element: HTMLElement): readonly HTMLElement[] {
  const around = element.parentElement
  return around === null || around.matches('body, main') ? [] : [around, ...ancestorsOf(around)]
}

function canHaveFocus(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility()
}

function takesFocus(element: HTMLElement): boolean {
  if (canHaveFocus(element)) element.focus({ preventScroll: true })
  return document.activeElement === element
}
