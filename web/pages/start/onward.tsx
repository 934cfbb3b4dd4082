import { Redirect } from 'wouter'
import { LazyLinksArea } from '../links/lazy-links-area.ts'

export function Onward() {
  return location.search.includes('to=') ? <LazyLinksArea /> : <Redirect to="/account" replace />
}
