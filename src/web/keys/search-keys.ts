const modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

/** As they stand on the reader's keyboard. */
export const searchKeys = `${modifier} K`
export const undoKeys = `${modifier} Z`
