import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './tokens.css'
import './ui/ui.css'
import './frame/frame.css'
import './shell/shell.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connectBridge } from './frame/bridge.ts'
import { FeaturesContext } from './frame/feature.ts'
import { windowHistory } from './frame/place-history.ts'
import { environmentStore } from './frame/stores/environment.ts'
import { StoresContext } from './frame/stores-context.ts'
import { App } from './shell/App.tsx'
import { FEATURES } from './shell/features.ts'
import { openApp } from './shell/open-app.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const stores = openApp(connectBridge(), windowHistory(window), FEATURES)
void stores.get(environmentStore).getState().start()

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={400}>
        <StoresContext value={stores}>
          <FeaturesContext value={FEATURES}>
            <App />
          </FeaturesContext>
        </StoresContext>
      </Tooltip.Provider>
    </CSPProvider>
  </StrictMode>,
)
