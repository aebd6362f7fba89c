// Whether the engine can parse yet: asked often while it loads, now and then once it is ready.
import { useQuery } from '@tanstack/react-query';

export type EngineCondition = 'ready' | 'loading' | 'restarting' | 'failed';

const LOADING_REFRESH_MS = 2000;
const READY_REFRESH_MS = 30_000;
const CONDITIONS: EngineCondition[] = ['ready', 'loading', 'restarting', 'failed'];

export interface EngineNow {
  state: EngineCondition | undefined; // undefined until the first answer
}

export function conditionOf(health: unknown): EngineCondition | undefined {
  const engine = (health as { engine?: { state?: unknown } } | null)?.engine;
  return CONDITIONS.find((condition) => condition === engine?.state);
}

// `/health` rather than `/ready`: it answers in every state, where a 503 would stand in the browser's console.
async function askEngine(): Promise<EngineNow> {
  const response = await fetch('/health', { credentials: 'same-origin' });
  return { state: conditionOf(await response.json().catch(() => null)) };
}

export function useEngine(): EngineNow {
  const query = useQuery({
    queryKey: ['health'],
    queryFn: askEngine,
    retry: false,
    refetchInterval: (state) => (state.state.data?.state === 'ready' ? READY_REFRESH_MS : LOADING_REFRESH_MS),
  });
  return query.data ?? { state: undefined };
}
