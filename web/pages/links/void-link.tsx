import type { ReactNode } from 'react'
import { useTexts } from '../../react/gatebook-context.ts'
import { linkTexts } from '../../texts/links.ts'
import { PublicLayout } from '../shell/public-layout.tsx'

/** `children`: the way on. */
export function VoidLink({ children }: { readonly children: ReactNode }) {
  const texts = useTexts(linkTexts)
  return (
    <PublicLayout title={texts.voidTitle} lead={texts.voidLead} hasFocus>
      {children}
    </PublicLayout>
  )
}

export function NoLink({ children }: { readonly children: ReactNode }) {
  const texts = useTexts(linkTexts)
  return (
    <PublicLayout title={texts.noTokenTitle} lead={texts.noToken}>
      {children}
    </PublicLayout>
  )
}
