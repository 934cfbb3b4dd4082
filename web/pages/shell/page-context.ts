import { createContext, useContext } from 'react'
import type { ServiceSettings } from '../../react/gatebook-context.ts'
import type { Language } from '../../texts/language.ts'
import type { LogoutNotice } from '../session/logged-out.ts'

export type PageContext = {
  readonly settings: ServiceSettings
  readonly logoutNotice: LogoutNotice
  readonly setLanguage: (language: Language) => void
}

export const Page = createContext<PageContext | null>(null)

export function usePage(): PageContext {
  const context = useContext(Page)
  if (context === null) throw new Error('There is no page around this component')
  return context
}
