import { useDeferredValue, useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Field } from '../../../react/ui/field.tsx'
import { operationsTexts } from '../../../texts/admin/operations.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { bySection, isChanged, matching, type PolicyEntry } from './policy-entries.ts'
import { PolicySection } from './policy-section.tsx'

export function PolicyPage() {
  const texts = useTexts(operationsTexts).policy
  const { call } = useGatebook()
  const inForce = useCall(['policy'], () => call('GET /admin/policy'))
  return (
    <>
      <PageHead title={texts.title} lead={texts.lead} />
      <Loaded of={inForce}>{({ policy }) => <Policy policy={policy} />}</Loaded>
    </>
  )
}

function Policy({ policy }: { readonly policy: readonly PolicyEntry[] }) {
  const texts = useTexts(operationsTexts).policy
  const [search, setSearch] = useState('')
  const [onlyChanged, setOnlyChanged] = useState(false)
  const found = matching(policy, useDeferredValue(search.trim()), onlyChanged)
  return (
    <>
      <search className="policy-search">
        <Field
          label={texts.search}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <label className="check">
          <input type="checkbox" checked={onlyChanged} onChange={(event) => setOnlyChanged(event.currentTarget.checked)} />
          {texts.onlyChanged}
        </label>
      </search>
      <p className="muted" role="status">
        {found.length === 0 ? texts.foundNone : texts.found(found.length, found.filter(isChanged).length)}
      </p>
      {bySection(found).map(([section, entries]) => (
        <PolicySection title={section} entries={entries} key={section} />
      ))}
    </>
  )
}
