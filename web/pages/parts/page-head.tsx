import { type ReactNode, useEffect, useRef } from 'react'
import { useTitle } from '../shell/public-layout.tsx'

type PageHeadProps = {
  readonly title: string
  readonly lead?: string
  readonly below?: ReactNode
  /** What can be done on the page. */
  readonly children?: ReactNode
}

let isOpening = true

/** Whether this is the page with which the browser began here. */
const takeOpening = () => {
  const [navigation] = performance.getEntriesByType('navigation')
  const wasOpening = isOpening && navigation?.name.split(/[?#]/)[0] === location.origin + location.pathname
  isOpening = false
  return wasOpening
}

/** Whoever came here by a link of the pages goes on at the heading. */
export function PageHead({ title, lead, below, children }: PageHeadProps) {
  useTitle(title)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!takeOpening()) heading.current?.focus()
  }, [])
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
