export const parts = {
  loadMore: 'Show more',
  justNow: 'just now',
}
