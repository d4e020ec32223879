import { fetchDepots } from '../api/depots';
import { useLoad } from '../hooks/use-load';

interface DepotPickerProps {
  value: string;
  onChange(code: string): void;
}

export function DepotPicker({ value, onChange }: DepotPickerProps) {
  const { value: depots = [] } = useLoad(() => fetchDepots(), 'depots');
  return (
    <select value={value} onChange={(e) => onChange(e.target.value)}>
      {depots.map((depot) => (
        <option key={depot.code} value={depot.code}>
          {depot.name}, {depot.city}
        </option>
      ))}
    </select>
  );
}
