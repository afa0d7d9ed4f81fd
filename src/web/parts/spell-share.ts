/** In whole percent, but for what is nearly all or nearly nothing: neither is said of what is not. */
export function spellShare(share: number): string {
  const percent = share * 100
  if (percent > 99 && percent < 100) return `${Math.floor(percent * 10) / 10}%`
  if (percent > 0 && percent < 1) return `${Math.ceil(percent * 10) / 10}%`
  return `${Math.round(percent)}%`
}
