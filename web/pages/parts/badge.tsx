import type { ReactNode } from 'react'

export type BadgeTone = 'plain' | 'good' | 'note' | 'bad'

export function Badge({ tone = 'plain', children }: { readonly tone?: BadgeTone; readonly children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>
}
