import { NativeSelect } from '@mantine/core'
import { language } from '../api/language.ts'
import { isLanguage, languages } from '../text/language.ts'
import { useLanguage, useText } from './use-text.ts'

/** Each language by its own name, so that whoever reads only that one finds it. */
export function LanguageSelect() {
  const text = useText()
  return (
    <NativeSelect
      label={text.nav.language}
      maw={240}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      value={useLanguage()}
      onChange={({ currentTarget: { value } }) => {
        if (isLanguage(value)) void language.choose(value)
      }}
    />
  )
}
