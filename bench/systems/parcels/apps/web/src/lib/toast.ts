export interface Toast {
  status: 'info' | 'error';
  text: string;
}

type Listener = (toast: Toast) => void;

const listeners = new Set<Listener>();

export function onToast(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function showToast(toast: Toast): void {
  for (const listener of listeners) listener(toast);
}
