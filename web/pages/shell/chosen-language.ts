import { type Language, languageOf } from '../../texts/language.ts'

const key = 'gatebook.language'

/** A browser that blocks cookies throws at any use of its storage. */
const withStorage = <Value>(use: (storage: Storage) => Value) => {
  try {
    return use(localStorage)
  } catch {
    return null
  }
}

/** The one chosen on these pages before, else the browser's. */
export function firstLanguage(): Language {
  const chosen = withStorage((storage) => storage.getItem(key))
  return languageOf(chosen ? [chosen] : navigator.languages)
}

export function keepLanguage(language: Language) {
  withStorage((storage) => storage.setItem(key, language))
}
