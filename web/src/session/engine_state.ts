// Whether the engine can parse yet: asked often while it loads, now and then once it is ready.
import { useQuery } from '@tanstack/react-query';

export type EngineCondition = 'ready' | 'loading' | 'failed';

const LOADING_REFRESH_MS = 2000;
const READY_REFRESH_MS = 30_000;

export interface EngineNow {
  state: EngineCondition | undefined; // undefined until the first answer
}

interface ReadyBody {
  ready?: boolean;
  reason?: string;
}

// `/ready` says no while models load, and for good where they are missing or damaged; `/health` knows which.
export function conditionOf(isReady: boolean, engine: string | undefined): EngineCondition {
  if (isReady) return 'ready';
  return engine === 'failed' ? 'failed' : 'loading';
}

async function askEngine(): Promise<EngineNow> {
  const response = await fetch('/ready', { credentials: 'same-origin' });
  const body = (await response.json().catch(() => ({}))) as ReadyBody;
  if (response.ok && body.ready !== false) return { state: 'ready' };
  const health = await fetch('/health', { credentials: 'same-origin' });
  const { engine } = (await health.json().catch(() => ({}))) as { engine?: string };
  return { state: conditionOf(false, engine) };
}

export function useEngine(): EngineNow {
  const query = useQuery({
    queryKey: ['ready'],
    queryFn: askEngine,
    retry: false,
    refetchInterval: (state) => (state.state.data?.state === 'ready' ? READY_REFRESH_MS : LOADING_REFRESH_MS),
  });
  return query.data ?? { state: undefined };
}
