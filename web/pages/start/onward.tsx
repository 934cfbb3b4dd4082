import { lazy } from 'react'
import { Redirect } from 'wouter'

// What follows a login is no part of what everybody loads first.
const LinksArea = lazy(() => import('../links/links-area.tsx'))

export function Onward() {
  return location.search.includes('to=') ? <LinksArea /> : <Redirect to="/account" replace />
}
