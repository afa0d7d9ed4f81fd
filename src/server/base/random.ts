/** Chance is a value passed in, as time is. In [0, 1); not for secrets. */
export type Random = () => number

export const systemRandom: Random = () => Math.random()
