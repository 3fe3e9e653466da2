import { copyText } from '../ui/copy-text.ts'
import { linkTo } from './place-history.ts'
import { activityStore } from './stores/activity.ts'
import { viewStore } from './stores/view.ts'
import type { Stores } from './stores-context.ts'
import { frameText } from './texts.ts'

/** Copies a link to what is shown. */
export async function copyLink({ get }: Stores): Promise<void> {
  const activity = get(activityStore).getState()
  try {
    await copyText(linkTo(window, get(viewStore).getState().path()))
    activity.announce(frameText.linkCopied)
  } catch (error) {
    activity.reportError(frameText.linkNotCopied, error)
  }
}
