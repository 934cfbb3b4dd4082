import { enrollmentTexts } from '../../texts/enrollment.ts'
import { useTexts } from '../gatebook-context.ts'
import { CopyButton } from '../ui/copy-button.tsx'

type ScanKeyProps = { readonly qr: string | null; readonly uri: string | null; readonly secret: string }

const inFours = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret

/** The key of the authenticator: as an image, as a link for an app on this device, and as text. */
export function ScanKey({ qr, uri, secret }: ScanKeyProps) {
  const texts = useTexts(enrollmentTexts)
  return (
    <div className="gb-scan">
      {qr !== null && <img className="gb-qr" src={qr} alt={texts.qrCode} width="176" height="176" />}
      {uri !== null && (
        <a className="gb-scan-link" href={uri}>
          {texts.openApp}
        </a>
      )}
      <details className="gb-details">
        <summary>{texts.keyTitle}</summary>
        <p>{texts.keyLead}</p>
        <p>
          <code className="gb-secret">{inFours(secret)}</code>
        </p>
        <CopyButton text={secret} label={texts.copyKey} />
      </details>
    </div>
  )
}
