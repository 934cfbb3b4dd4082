import { Link } from 'wouter'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Icon } from '../../../react/ui/icon.tsx'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { type AuditFilter, auditPath, exportUrl, isOldestFirst } from './audit-filter.ts'

/** The browser downloads what the service streams: a page would have to hold all of it. */
export function AuditActions({ filter }: { readonly filter: AuditFilter }) {
  const texts = useTexts(auditTexts)
  const { baseUrl } = useGatebook()
  const { order: _, ...newestFirst } = filter
  const isOldest = isOldestFirst(filter)
  return (
    <div className="section-actions">
      <Link className="gb-button gb-button-secondary" href={auditPath(isOldest ? newestFirst : { ...filter, order: 'oldest' })}>
        {isOldest ? texts.newestFirst : texts.oldestFirst}
      </Link>
      {(['csv', 'ndjson'] as const).map((format) => (
        <a
          className="gb-button gb-button-secondary"
          href={exportUrl(baseUrl, filter, format)}
          download={`gatebook-audit.${format}`}
          key={format}
        >
          <Icon name="download" />
          {texts.download(format.toUpperCase())}
        </a>
      ))}
    </div>
  )
}
