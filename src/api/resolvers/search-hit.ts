import type { SearchHitResolvers } from '../generated/resolvers.ts';
import { signalsOf } from './signals.ts';

export const SearchHit: Pick<SearchHitResolvers, 'signals'> = { signals: signalsOf };
