import { useEffect, useState } from 'react';
import { ApiError } from '../api/client';
import { showToast } from '../lib/toast';

export interface Load<T> {
  value?: T;
  status: 'loading' | 'ready' | 'failed';
}

export function useLoad<T>(load: () => Promise<T>, key: string): Load<T> {
  const [state, setState] = useState<Load<T>>({ status: 'loading' });
  useEffect(() => {
    load()
      .then((value) => setState({ value, status: 'ready' }))
      .catch((error: unknown) => {
        setState({ status: 'failed' });
        if (error instanceof ApiError) showToast({ status: 'error', text: error.message });
      });
  }, [key]);
  return state;
}
