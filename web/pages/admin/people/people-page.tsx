import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { peopleTexts } from '../../../texts/admin/people.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { NewPersonDialog } from './new-person-dialog.tsx'
import { PeopleList } from './people-list.tsx'
import { everybody, type PeopleSearch, searchFor } from './people-search.ts'
import type { NewPerson } from './use-new-person.ts'

type Search = { readonly search: PeopleSearch; readonly onSearch: (search: PeopleSearch) => void }

export function PeoplePage({ search, onSearch }: Search) {
  const texts = useTexts(peopleTexts)
  const [isCreating, setCreating] = useState(false)
  const [created, setCreated] = useState<NewPerson | null>(null)
  return (
    <>
      <PageHead title={texts.sections.people} lead={texts.lead}>
        <Button look="primary" onClick={() => setCreating(true)}>
          {texts.newPerson}
        </Button>
      </PageHead>
      {created !== null && (
        <Alert tone="success">
          {created.isInvited ? texts.create.invited(created.email) : texts.create.created(created.email)}{' '}
          <Link href={`/admin/people/${created.id}`}>{texts.create.open}</Link>
        </Alert>
      )}
      <SearchForm search={search} onSearch={onSearch} key={JSON.stringify(search)} />
      <PeopleList search={search} onSearch={onSearch} key={`list ${JSON.stringify(search)}`} />
      {isCreating && (
        <NewPersonDialog
          onClose={() => setCreating(false)}
          onCreated={(person) => {
            setCreating(false)
            setCreated(person)
          }}
        />
      )}
    </>
  )
}

function SearchForm({ search, onSearch }: Search) {
  const texts = useTexts(peopleTexts)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSearch(searchFor(String(new FormData(event.currentTarget).get('search'))))
  }
  return (
    <search>
      <form className="search-form" onSubmit={submit}>
        <Field
          label={texts.search}
          hint={texts.searchHint}
          name="search"
          type="search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          defaultValue={search.by === 'nothing' ? '' : search.text}
        />
        <Button type="submit">{texts.submitSearch}</Button>
      </form>
      {search.by !== 'nothing' && (
        <Button look="quiet" onClick={() => onSearch(everybody)}>
          {texts.clearSearch}
        </Button>
      )}
    </search>
  )
}
