import type { FormEvent } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { Badge } from '../../parts/badge.tsx'
import { type AuditFilter, filterCount, filterOfForm, localMinute } from './audit-filter.ts'

type AuditFiltersProps = { readonly filter: AuditFilter; readonly onFilter: (filter: AuditFilter) => void }

export function AuditFilters({ filter, onFilter }: AuditFiltersProps) {
  const texts = useTexts(auditTexts).filters
  const count = filterCount(filter)
  const order = filter.order === undefined ? {} : { order: filter.order }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onFilter({ ...filterOfForm(new FormData(event.currentTarget)), ...order })
  }
  const words = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const
  return (
    <details className="card filters" open={count > 0}>
      <summary>
        {texts.title}
        {count > 0 && <Badge>{texts.active(count)}</Badge>}
      </summary>
      <form onSubmit={submit}>
        <div className="filters-fields">
          <Field {...words} label={texts.account} hint={texts.accountHint} name="account" defaultValue={filter.account} maxLength={36} />
          <Field {...words} label={texts.actor} hint={texts.actorHint} name="actor" defaultValue={filter.actor} maxLength={64} />
          <Field {...words} label={texts.type} hint={texts.typeHint} name="type" defaultValue={filter.type} maxLength={1024} />
          <Field {...words} label={texts.session} hint={texts.sessionHint} name="session" defaultValue={filter.session} maxLength={36} />
          <Field
            {...words}
            label={texts.correlation}
            hint={texts.correlationHint}
            name="correlation"
            defaultValue={filter.correlation}
            maxLength={36}
          />
          <Field {...words} label={texts.address} hint={texts.addressHint} name="address" defaultValue={filter.address} maxLength={64} />
          <Field {...words} label={texts.from} name="from" type="datetime-local" defaultValue={localMinute(filter.from)} />
          <Field {...words} label={texts.to} name="to" type="datetime-local" defaultValue={localMinute(filter.to)} />
        </div>
        <div className="section-actions">
          <Button type="submit" look="primary">
            {texts.apply}
          </Button>
          {count > 0 && <Button onClick={() => onFilter(order)}>{texts.clear}</Button>}
        </div>
      </form>
    </details>
  )
}
