import { type Language, languageOf } from '../../texts/language.ts'

const key = 'gatebook.language'

/** The one chosen on these pages before, else the browser's. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(key)
  return languageOf(chosen === null ? navigator.languages : [chosen])
}

export function keepLanguage(language: Language) {
  localStorage.setItem(key, language)
}
