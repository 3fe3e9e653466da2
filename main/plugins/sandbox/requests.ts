interface Request {
  url: string
  method: string
  headers: Record<string, string>
  body: string | null
}

const LONGEST_BODY = 16_000_000

/** Sends a request for a plug-in. Returns `v` and the response as JSON, or `f` and the reason for its failure. Never throws. */
export async function answerRequest(json: string, signal: AbortSignal): Promise<string> {
  try {
    const { url, ...init } = JSON.parse(json) as Request
    if (!/^https?:$/.test(new URL(url).protocol)) throw new Error(`fetch asks http: and https: only, not ${url}`)
    const response = await fetch(url, { ...init, signal })
    return `v${JSON.stringify({
      url: response.url,
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries(response.headers),
      body: await bodyOf(response),
    })}`
  } catch (error) {
    const { message, cause } = error as Error
    return `f${message}${cause instanceof Error ? `: ${cause.message}` : ''}`
  }
}

async function bodyOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > LONGEST_BODY) throw new Error(`The response is longer than ${LONGEST_BODY} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
