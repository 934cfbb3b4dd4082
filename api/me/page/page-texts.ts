import { pageInGerman } from './page-texts-de.ts'
import { type PageTexts, pageInEnglish } from './page-texts-en.ts'

export type PageLanguage = 'en' | 'de'

export const pageTexts: Readonly<Record<PageLanguage, PageTexts>> = { en: pageInEnglish, de: pageInGerman }
