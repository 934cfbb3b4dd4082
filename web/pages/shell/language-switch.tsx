import { useLanguage } from '../../react/gatebook-context.ts'
import { languages } from '../../texts/language.ts'
import { usePage } from './page-context.ts'

const names = { en: 'English', de: 'Deutsch' }

/** Each language is named in itself, for whoever does not read the one that is shown. */
export function LanguageSwitch() {
  const { setLanguage } = usePage()
  const current = useLanguage()
  return (
    <ul className="languages">
      {languages.map((language) => (
        <li key={language}>
          <button type="button" lang={language} aria-pressed={language === current} onClick={() => setLanguage(language)}>
            {names[language]}
          </button>
        </li>
      ))}
    </ul>
  )
}
