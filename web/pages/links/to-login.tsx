import { Link } from 'wouter'
import { useTexts } from '../../react/gatebook-context.ts'
import { linkTexts } from '../../texts/links.ts'

export function ToLogin() {
  const texts = useTexts(linkTexts)
  return (
    <Link className="gb-button gb-button-primary gb-button-block" href="/login">
      {texts.toLogin}
    </Link>
  )
}

export function HaveAccount() {
  const texts = useTexts(linkTexts)
  return (
    <p>
      {texts.haveAccount} <Link href="/login">{texts.toLogin}</Link>
    </p>
  )
}
