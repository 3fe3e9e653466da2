/** Where the person was and is: the browser's own history, as far as the view needs it. Places are relative paths. */
export interface PlaceHistory {
  /** The path of the current place; empty when nothing was opened yet. */
  path(): string
  /** Whether Back and Forward lead anywhere within the app. */
  reach(): { canGoBack: boolean; canGoForward: boolean }
  push(path: string): void
  replace(path: string): void
  /** Replaces the current place and makes it the first one that Back leads to. */
  begin(path: string): void
  back(): void
  forward(): void
  /** Calls a listener whenever the person moved: by Back and Forward of the browser, or by changing the address. */
  onMove(listener: () => void): void
}

const MARK = '#/'
/** Survives a reload, which forgets how far Forward leads. */
const LAST = 'cascade.lastPlace'

/** The history of a window. Each entry knows its number, so that it is known how far one can go either way. */
export function windowHistory(window: Window): PlaceHistory {
  const { location, history, sessionStorage } = window
  const numberOf = (state: unknown): number | null => (typeof state === 'number' ? state : null)
  let first = 0
  let current = numberOf(history.state) ?? 0
  let last = Math.max(current, Number(sessionStorage.getItem(LAST) ?? 0))
  history.replaceState(current, '')
  const keep = (number: number, isNewest: boolean) => {
    current = number
    if (isNewest) last = number
    sessionStorage.setItem(LAST, String(last))
  }
  const replace = (path: string) => history.replaceState(current, '', MARK + path)
  return {
    path: () => (location.hash.startsWith(MARK) ? location.hash.slice(MARK.length) : ''),
    reach: () => ({ canGoBack: current > first, canGoForward: current < last }),
    push(path) {
      keep(current + 1, true)
      history.pushState(current, '', MARK + path)
    },
    replace,
    begin(path) {
      first = current
      keep(current, true)
      replace(path)
    },
    back: () => history.back(),
    forward: () => history.forward(),
    onMove(listener) {
      window.addEventListener('popstate', ({ state }) => {
        const number = numberOf(state)
        // An address that was typed in has no number yet: it follows the place before.
        if (number === null) {
          keep(current + 1, true)
          history.replaceState(current, '')
        } else keep(number, false)
        listener()
      })
    },
  }
}

/** A link to a path: the page's address where a browser can open it, else what the palette of another window takes. */
export const linkTo = ({ location }: Window, path: string): string =>
  location.protocol.startsWith('http') ? `${location.origin}${location.pathname}${MARK}${path}` : `${MARK}${path}`

/** The path of a link that somebody pasted; null where the text is no link. */
export function pathOfLink(text: string): string | null {
  const start = text.trim().indexOf(MARK)
  return start === -1 ? null : text.trim().slice(start + MARK.length)
}
