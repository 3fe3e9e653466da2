import { commerceText } from '#text/english/commerce'
import type { Message } from '#text/message'
import type { Commerce } from '../commerce.ts'
import { type Feature, PREREQUISITES } from '../model/features.ts'
import { refused } from '../refused.ts'
import { enabledFeatures, writeFeature } from '../store/headquarters.ts'

/** Returns a feature's key with its name in Feature management. */
const named = (feature: Feature): Message => commerceText.named({ feature, title: commerceText.feature[feature] })

/** Enables a feature in headquarters. @throws COMMERCE_REFUSED that names each feature that is missing */
export function enableFeature({ connection }: Commerce, feature: Feature): void {
  connection.write(() => {
    const enabled = enabledFeatures(connection)
    const missing = feature === 'asyncEdit' ? PREREQUISITES.filter((each) => !enabled.has(each)) : []
    if (missing.length > 0)
      throw refused(commerceText.featureNeeds({ feature: named(feature), missing: missing.map(named) }), commerceText.featureNeedsHint)
    writeFeature(connection, feature, true)
  })
}

/** Disables a feature in headquarters. @throws COMMERCE_REFUSED while another needs it */
export function disableFeature({ connection }: Commerce, feature: Feature): void {
  connection.write(() => {
    if (PREREQUISITES.includes(feature) && enabledFeatures(connection).has('asyncEdit'))
      throw refused(commerceText.featureNeeded({ feature: named(feature), dependent: named('asyncEdit') }), commerceText.featureNeededHint)
    writeFeature(connection, feature, false)
  })
}
