import { Link } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { shellTexts } from '../../texts/shell.ts'
import { PublicLayout } from '../shell/public-layout.tsx'

export function NotFoundPage() {
  const texts = useTexts(shellTexts)
  return (
    <PublicLayout title={texts.notFoundTitle} lead={texts.notFoundLead}>
      <Link className="gb-button gb-button-primary" href="/">
        {texts.toStart}
      </Link>
    </PublicLayout>
  )
}
