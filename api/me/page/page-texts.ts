import { german } from './page-texts-de.ts'
import { english, type PageTexts } from './page-texts-en.ts'

export type PageLanguage = 'en' | 'de'

export const pageTexts: Readonly<Record<PageLanguage, PageTexts>> = { en: english, de: german }
