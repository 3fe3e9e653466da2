import { agreementKey } from '../plugins/agreement-key.ts'
import { usualDataFolder } from '../session/data-folder.ts'

/** Where this user's application data lies; `CASCADE_DATA_FOLDER` says otherwise. */
export const dataFolder = (): string => process.env.CASCADE_DATA_FOLDER || usualDataFolder()

/** The secret by which an environment tells what this user has agreed to. */
export const userAgreementKey = (): string => agreementKey(dataFolder())
