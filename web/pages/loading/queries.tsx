import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useSession } from '../../react/session/use-session.ts'

const newClient = (_session: string) =>
  new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 0 } } })

/** What was loaded for one session is gone with it: no other one can see it. */
export function Queries({ children }: { readonly children: ReactNode }) {
  const session = useSession()
  const id = session.status === 'authenticated' ? session.session.id : ''
  const client = useMemo(() => newClient(id), [id])
  useEffect(() => () => client.clear(), [client])
  return (
    <QueryClientProvider client={client} key={id}>
      {children}
    </QueryClientProvider>
  )
}
