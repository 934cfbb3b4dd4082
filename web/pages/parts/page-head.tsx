import { type ReactNode, useEffect, useRef } from 'react'
import { isFollowing, useTitle } from '../shell/use-title.ts'

type PageHeadProps = {
  readonly title: string
  readonly lead?: string
  readonly below?: ReactNode
  /** What can be done on the page. */
  readonly children?: ReactNode
}

/** Whoever came here by a link of the pages goes on at the heading. */
export function PageHead({ title, lead, below, children }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isFollowing()) heading.current?.focus()
  }, [])
  useTitle(title)
  return (
    <header className="page-head">
      <div className="page-head-text">
        <h1 className="page-title" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead !== undefined && <p className="muted">{lead}</p>}
        {below}
      </div>
      {children}
    </header>
  )
}
