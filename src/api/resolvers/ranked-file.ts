import type { RankedFileResolvers } from '../generated/resolvers.ts';
import { signalsOf } from './signals.ts';

export const RankedFile: Pick<RankedFileResolvers, 'signals'> = { signals: signalsOf };
