import { agreementKey } from '../plugins/agreement-key.ts'
import { usualDataFolder } from '../session/data-folder.ts'

/** Returns the folder of this user's application data; `CASCADE_DATA_FOLDER` overrides it. */
export const dataFolder = (): string => process.env.CASCADE_DATA_FOLDER || usualDataFolder()

/** Returns the secret with which environments verify this user's agreements. */
export const userAgreementKey = (): string => agreementKey(dataFolder())
