import { Center, Paper, Stack, Title } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { LanguageSelect } from '../parts/language-select.tsx'
import { Logo } from '../parts/logo.tsx'
import { useText } from '../parts/use-text.ts'

/** A page for who is not inside, or not yet. */
export function Door({
  title,
  documentTitle,
  width = 380,
  children,
}: {
  readonly title: string
  readonly documentTitle: string
  readonly width?: number
  readonly children: ReactNode
}) {
  const text = useText()
  useEffect(() => {
    document.title = `${documentTitle} · ${text.product}`
  }, [documentTitle, text])
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper w="100%" maw={width} p="lg" withBorder>
        <Stack>
          <Logo />
          <Title order={1}>{title}</Title>
          {children}
          <LanguageSelect />
        </Stack>
      </Paper>
    </Center>
  )
}
