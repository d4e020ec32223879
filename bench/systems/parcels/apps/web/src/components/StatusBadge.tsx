interface StatusBadgeProps {
  status: string;
}

const COLOURS: Record<string, string> = { registered: 'grey', in_transit: 'blue', delivered: 'green', cancelled: 'red' };

export function StatusBadge({ status }: StatusBadgeProps) {
  return <span className={`badge badge-${COLOURS[status] ?? 'grey'}`}>{status.replace('_', ' ')}</span>;
}
