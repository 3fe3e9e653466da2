import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './tokens.css'
import './ui/ui.css'
import './shell/shell.css'
import './features/start/start.css'
import './features/overview/overview.css'
import './features/model/model.css'
import './features/records/records.css'
import './features/jobs/jobs.css'
import './features/faults/faults.css'
import './features/cascades/cascades.css'
import './features/transfer/transfer.css'
import './features/settings/settings.css'
import './features/plugins/plugins.css'
import './features/trace/trace.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connectBridge } from './frame/bridge.ts'
import { StoresContext } from './frame/stores-context.ts'
import { App } from './shell/App.tsx'
import { createStores } from './shell/create-stores.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const stores = createStores(connectBridge())
void stores.environment.getState().start()

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={400}>
        <StoresContext value={stores}>
          <App />
        </StoresContext>
      </Tooltip.Provider>
    </CSPProvider>
  </StrictMode>,
)
