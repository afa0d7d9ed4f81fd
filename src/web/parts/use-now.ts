import { useEffect, useState } from 'react'

/** The time, again and again. */
export function useNow(tickMs: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), tickMs)
    return () => window.clearInterval(timer)
  }, [tickMs])
  return now
}
