import { Link } from 'wouter'
import { useTexts } from '../../../react/gatebook-context.ts'
import { useSession } from '../../../react/session/use-session.ts'
import { auditTexts } from '../../../texts/admin/audit.ts'

const isAccountId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Ids begin with a time, so neighbors begin alike: the end tells them apart. An address would be one more recorded read each. */
export function AccountRef({ id, isWhole = false }: { readonly id: string | null; readonly isWhole?: boolean }) {
  const texts = useTexts(auditTexts)
  const session = useSession()
  if (id === null) return <span className="muted">{texts.nobody}</span>
  if (!isAccountId(id)) return <span>{texts.actors[id] ?? id}</span>
  const isOwn = session.status === 'authenticated' && session.accountId === id
  return (
    <Link href={`/admin/people/${id}`} title={id} className={isOwn ? undefined : 'mono'}>
      {isOwn ? texts.you : isWhole ? id : `…${id.slice(-8)}`}
    </Link>
  )
}
