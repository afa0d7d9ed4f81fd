import { Button, Center } from '@mantine/core'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useText } from './use-text.ts'

const nearPx = 600

/** The end of what is loaded: more comes by itself when it is nearly in sight, and at the press of a button. */
export function LoadMore({ isBusy, onMore }: { readonly isBusy: boolean; readonly onMore: () => void }) {
  const text = useText()
  const end = useRef<HTMLDivElement>(null)
  const loadMore = useEffectEvent(onMore)
  useEffect(() => {
    if (isBusy || end.current === null) return undefined
    const observer = new IntersectionObserver((seen) => seen.at(-1)!.isIntersecting && loadMore(), {
      rootMargin: `${nearPx}px`,
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [isBusy])
  return (
    <Center py="md" ref={end}>
      <Button variant="default" loading={isBusy} onClick={onMore}>
        {text.common.more}
      </Button>
    </Center>
  )
}
